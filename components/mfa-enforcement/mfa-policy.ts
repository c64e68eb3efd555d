import { type PolicyStatement } from "../foundation/policy-document";

/**
 * What a human IAM user may do alone with their own credentials, and nothing else without MFA.
 *
 * The deny is split in two, because AWS's published form (`BoolIfExists ... false`) has a hole: whoever holds a
 * leaked long-term key of a user without MFA can enrol a device of their own with it and counts as MFA from then on.
 *
 * - A long-term access key carries no MFA context at all (`Null`): it may only ask for a session with MFA.
 * - The console carries the context with the value `false`: enrolment works there, and nothing else does.
 *
 * Neither may ever deactivate or delete a device. First enrolment from the CLI is therefore impossible.
 *
 * Source: IAM User Guide, "Allows MFA-authenticated IAM users to manage their own credentials"; AWS-2023-001.
 *
 * @param partition `aws`, `aws-cn` or `aws-us-gov`
 */
export function mfaPolicyStatements(partition: string): PolicyStatement[] {
  // The second form covers users with a path, such as /team/mina.
  const self = [`arn:${partition}:iam::*:user/\${aws:username}`, `arn:${partition}:iam::*:user/*/\${aws:username}`];
  return [
    {
      Sid: "ViewAccountRules",
      Effect: "Allow",
      Action: ["iam:GetAccountPasswordPolicy", "iam:GetAccountSummary", "iam:ListVirtualMFADevices"],
      Resource: "*",
    },
    {
      Sid: "ManageOwnPassword",
      Effect: "Allow",
      Action: ["iam:ChangePassword", "iam:GetLoginProfile", "iam:GetUser"],
      Resource: self,
    },
    {
      Sid: "ManageOwnAccessKeys",
      Effect: "Allow",
      Action: [
        "iam:CreateAccessKey",
        "iam:DeleteAccessKey",
        "iam:GetAccessKeyLastUsed",
        "iam:ListAccessKeys",
        "iam:UpdateAccessKey",
      ],
      Resource: self,
    },
    {
      Sid: "CreateOwnMfaDevice",
      Effect: "Allow",
      Action: "iam:CreateVirtualMFADevice",
      // Since a user may have several devices (November 2022), the device no longer bears the user's name.
      Resource: `arn:${partition}:iam::*:mfa/*`,
    },
    {
      Sid: "ManageOwnMfa",
      Effect: "Allow",
      Action: [
        "iam:DeactivateMFADevice",
        "iam:EnableMFADevice",
        "iam:GetMFADevice",
        "iam:ListMFADevices",
        "iam:ResyncMFADevice",
      ],
      Resource: self,
    },
    {
      Sid: "DenyLongTermKeysWithoutMfa",
      Effect: "Deny",
      NotAction: ["iam:GetUser", "iam:ListMFADevices", "sts:GetSessionToken"],
      Resource: "*",
      Condition: {
        Null: { "aws:MultiFactorAuthPresent": "true" },
        // AWS services that act on the user's behalf drop the MFA context; the user's own call was checked already.
        BoolIfExists: { "aws:ViaAWSService": "false" },
      },
    },
    {
      Sid: "DenyConsoleWithoutMfaExceptEnrolment",
      Effect: "Deny",
      NotAction: [
        "iam:ChangePassword",
        "iam:CreateVirtualMFADevice",
        "iam:EnableMFADevice",
        "iam:GetAccountPasswordPolicy",
        "iam:GetMFADevice",
        "iam:GetUser",
        "iam:ListMFADevices",
        "iam:ListVirtualMFADevices",
        "iam:ResyncMFADevice",
        "sts:GetSessionToken",
      ],
      Resource: "*",
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
    },
  ];
}
