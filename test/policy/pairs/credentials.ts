import { type Pair } from "./pair";

const credential = (
  type: string,
  inputs: Record<string, unknown>,
  harmless: Record<string, unknown>,
  ...decisive: (string | number)[]
): Pair => ({
  policy: "iam-no-long-lived-keys",
  type,
  level: "advisory",
  bad: inputs,
  good: harmless,
  decisive,
});

const profile = (passwordResetRequired: boolean) => ({ loginProfile: { password: "p", passwordResetRequired } });

export const credentialPairs: readonly Pair[] = [
  credential(
    "aws:iam/accessKey:AccessKey",
    { user: "u", status: "Active" },
    { user: "u", status: "Inactive" },
    "status",
  ),
  credential(
    "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
    { userName: "u", serviceName: "s", status: "Active" },
    { userName: "u", serviceName: "s", status: "Inactive" },
    "status",
  ),
  credential(
    "aws:iam/userLoginProfile:UserLoginProfile",
    { user: "u", passwordResetRequired: false },
    { user: "u", passwordResetRequired: true },
    "passwordResetRequired",
  ),
  credential("aws-native:iam:User", profile(false), profile(true), "loginProfile", "passwordResetRequired"),
];
