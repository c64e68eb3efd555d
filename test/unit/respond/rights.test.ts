import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { planContainment } from "../../../operations/respond/contain/plan";
import { nameOfCall, type PlannedCall } from "../../../operations/evidence/planned-call";
import { type Principal } from "../../../operations/respond/principal";
import { planSweep } from "../../../operations/respond/sweep/plan";
import { root } from "../../support/graph";

const folders = ["operations/respond", "operations/account/identity", "aws"];
const services = ["iam", "sts", "ec2", "guardduty", "cloudtrail", "s3", "lambda", "secretsmanager", "ssm"];
/** What the suspect's policies are searched for, and respond itself never asks for. */
const values = /^(secretsmanager:GetSecretValue|ssm:GetParameter.*)$/;

/** Every action that the code names where it asks AWS. */
function asked(): string[] {
  const files = folders.flatMap((folder) =>
    (readdirSync(join(root, folder), { recursive: true }) as string[]).map((name) => join(root, folder, name)),
  );
  // As a key it names a record that is read, not a call that is made.
  const literal = new RegExp(`"((?:${services.join("|")}):[A-Z]\\w+)"(?!:)`, "g");
  return files
    .filter((path) => path.endsWith(".ts"))
    .flatMap((path) => [...readFileSync(path, "utf8").matchAll(literal)].map(([, action = ""]) => action))
    .filter((action) => !values.test(action));
}

/** Every action that is called to change something, and to take it back. */
function changing(): string[] {
  const state = {
    tags: {},
    keys: [{ id: "AKIA1", status: "Active" as const }],
    credentials: [
      { kind: "service-specific credential" as const, id: "ACCA1", status: "Active" },
      { kind: "SSH public key" as const, id: "APKA1", status: "Active" },
      { kind: "signing certificate" as const, id: "CERT1", status: "Active" },
    ],
    console: true,
    denyPolicy: "none",
    revokePolicy: "none",
    problems: [],
  };
  const options = { prefix: "baseline", incident: "i", since: "2026-11-22T02:59:00Z" };
  const more = { allKeys: true, denyRole: true, disableConsole: true };
  const contained = (["user", "role"] as const).flatMap((kind) => {
    const principal: Principal = { ...state, kind, name: "n" };
    return planContainment({ kind, name: "n" }, principal, { ...options, ...more }, new Date()).calls;
  });
  const found = {
    id: "i-1",
    region: "us-east-1",
    time: "",
    event: "",
    by: "",
    accessKeyId: "",
    state: "exists",
  } as const;
  const swept = planSweep(
    [
      { ...found, kind: "instance", detail: "running" },
      { ...found, kind: "access key", detail: "Active" },
    ],
    "i",
    [],
  ).flat();
  const names = [...contained, ...swept].flatMap(({ undo, ...call }: PlannedCall) => [call, ...(undo ? [undo] : [])]);
  // A snapshot that is made with tags takes the right to tag. Source: EC2 User Guide, "Grant permission to tag".
  return [...names.map(nameOfCall), "ec2:CreateTags"];
}

describe("the rights that docs/runbooks/leaked-key.md asks for", () => {
  const page = readFileSync(join(root, "docs", "runbooks", "leaked-key.md"), "utf8");
  const section = /^## Rights\n([^]*?)^## /m.exec(page)?.[1] ?? "";
  const patterns = [...section.matchAll(/`(\w+:[\w*]+)`/g)].map(([, pattern = ""]) => pattern);
  const matches = (pattern: string, action: string) => new RegExp(`^${pattern.replaceAll("*", "\\w*")}$`).test(action);
  const used = [...new Set([...asked(), ...changing()])];

  it("are all that respond calls", () => {
    const lacking = used.filter((action) => !patterns.some((pattern) => matches(pattern, action)));
    assert.deepEqual(lacking, []);
  });

  it("are none that it does not call", () => {
    const idle = patterns.filter((pattern) => !used.some((action) => matches(pattern, action)));
    assert.deepEqual(idle, []);
  });
});
