import assert from "node:assert/strict";
import { type IAM } from "@aws-sdk/client-iam";
import * as lists from "../../../../operations/account/identity/user-lists";

describe("lists of what a user has", () => {
  // [the list, IAM's operation, the member of its answer]
  const cases: [keyof typeof lists, string, string][] = [
    ["accessKeysOf", "listAccessKeys", "AccessKeyMetadata"],
    ["mfaDevicesOf", "listMFADevices", "MFADevices"],
    ["serviceCredentialsOf", "listServiceSpecificCredentials", "ServiceSpecificCredentials"],
    ["sshKeysOf", "listSSHPublicKeys", "SSHPublicKeys"],
    ["certificatesOf", "listSigningCertificates", "Certificates"],
    ["attachedPoliciesOf", "listAttachedUserPolicies", "AttachedPolicies"],
    ["inlinePoliciesOf", "listUserPolicies", "PolicyNames"],
  ];
  for (const [name, operation, member] of cases) {
    it(`${operation}: goes on where IAM says that there is more, after an empty page too`, async () => {
      const pages: Record<string, object> = {
        first: { [member]: ["a"], IsTruncated: true, Marker: "second" },
        second: { [member]: [], IsTruncated: true, Marker: "third" },
        third: { [member]: ["b"], IsTruncated: false },
      };
      const asked: unknown[] = [];
      const iam = {
        [operation]: (input: { Marker?: string }) => {
          asked.push(input);
          return Promise.resolve(pages[input.Marker ?? "first"]);
        },
      } as unknown as IAM;
      assert.deepEqual(await lists[name](iam, "mina"), ["a", "b"]);
      assert.deepEqual(
        asked.map((each) => (each as { UserName: string }).UserName),
        ["mina", "mina", "mina"],
      );
    });
  }
});
