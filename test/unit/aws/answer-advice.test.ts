import assert from "node:assert/strict";
import { type AwsClients } from "../../../aws/clients";
import { type BaselineError } from "../../../common/errors";
import { ask } from "../../../aws/ask";
import { expandOrganization } from "../../../operations/apply/fleet/organization";

/** An error as the SDK throws it. */
const failure = (name: string, message: string, httpStatusCode?: number) =>
  Object.assign(new Error(message), { name, ...(httpStatusCode && { $metadata: { httpStatusCode } }) });

describe("what to do about a call that failed", () => {
  const cases: [what: string, error: Error, advice: RegExp][] = [
    ["AWS refused it", failure("NoSuchBucket", "There is no such bucket.", 404), /^AWS answered with NoSuchBucket\./],
    ["AWS failed", failure("InternalError", "We are sorry.", 500), /^Check the network/],
    ["nothing answered", failure("ECONNREFUSED", "connect ECONNREFUSED"), /^Check the network/],
  ];
  for (const [what, error, advice] of cases) {
    it(`where ${what}: ${advice.source}`, async () => {
      await assert.rejects(
        ask("s3:GetObject", "us-east-1", () => Promise.reject(error)),
        ({ message }: BaselineError) => {
          const [sentence = "", next = ""] = message.split("\n");
          assert.match(next, advice);
          assert.match(sentence, /[^.]\.$/);
          return true;
        },
      );
    });
  }

  it("where the account has no organization: to name the accounts", async () => {
    const message = "Your account is not a member of an organization.";
    const describeOrganization = () => Promise.reject(failure("AWSOrganizationsNotInUseException", message, 400));
    const aws = {
      defaultRegion: "us-east-1",
      organizations: () => ({ describeOrganization }),
    } as unknown as AwsClients;
    await assert.rejects(expandOrganization(aws, { exclude: [] } as never, {}, []), {
      code: "no-organization",
      exitCode: 2,
      message: /belongs to no AWS organization.*\nName the accounts under `accounts`/,
    });
  });
});
