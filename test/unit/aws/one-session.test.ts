import assert from "node:assert/strict";
import { Linter } from "eslint";
import tseslint from "typescript-eslint";

describe("the lint rule for AWS clients", () => {
  let problemsOf: (source: string) => string[];
  before(async () => {
    const file: string = "../../../scripts/lint/session-rules.mjs";
    const { default: session } = (await import(file)) as {
      default: NonNullable<Linter.Config["plugins"]>[string];
    };
    problemsOf = (source) =>
      new Linter()
        .verify(source, {
          languageOptions: { parser: tseslint.parser },
          plugins: { session },
          rules: { "session/one-session": "error" },
        })
        .map(({ ruleId, message }) => ruleId ?? message);
  });

  const refused = [
    'import { accountClients } from "../aws/account-clients";',
    'import { accountClients as clients } from "../aws/account-clients";',
    'import { type AwsClients, lazyClients } from "../../common/aws-clients";',
    'import { IAMClient } from "@aws-sdk/client-iam";',
    'import { type Subscription, SNS } from "@aws-sdk/client-sns";',
    'import * as iam from "@aws-sdk/client-iam";',
    'import iam from "@aws-sdk/client-iam";',
    'const { accountClients } = await import("../aws/account-clients.js");',
    'const made = (await import("../aws/account-clients.js")).accountClients();',
    'const { STS } = await import("@aws-sdk/client-sts");',
    'const { STS } = require("@aws-sdk/client-sts");',
    'export { accountClients } from "../aws/account-clients";',
  ];
  for (const source of refused) {
    it(`refuses ${source}`, () => assert.deepEqual([...new Set(problemsOf(source))], ["session/one-session"]));
  }

  const allowed = [
    'import { withSession } from "../aws/session";',
    'import { type Credentials, emulatorAt } from "../aws/account-clients";',
    'import type { AwsClients } from "../../common/aws-clients";',
    'import { type Subscription } from "@aws-sdk/client-sns";',
    'import type { User } from "@aws-sdk/client-iam";',
    "const users = await session.clients.iam().listUsers({});",
  ];
  for (const source of allowed) {
    it(`lets pass ${source}`, () => assert.deepEqual(problemsOf(source), []));
  }
});
