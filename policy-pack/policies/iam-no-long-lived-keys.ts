import { isTree, isUnknown, type Located, property, word } from "../values";
import { root } from "./evaluate";
import { exceptionsSchema } from "./exceptions";
import { type Finding, type Policy } from "./types";
import { cannotTell } from "./wording";

interface Harmless {
  readonly path: readonly string[];
  readonly values: RegExp;
}

/** One type of resource that makes a credential that nobody has to renew. */
interface Credential {
  readonly message: string;
  readonly because: string;
  readonly fix: string;
  /** Inputs any of which makes it harmless, with the values they have then. The first is what a message points at. */
  readonly harmless: readonly [Harmless, ...Harmless[]];
  /** Where the resource does more, the input without which it makes no credential. */
  readonly only?: string;
}

const useRole = "use a role: IAM Identity Center for people, instance, task or OIDC roles for machines.";
const inactive = { path: ["status"], values: /^inactive$/ };
const password = {
  message: "Creates a console password that its user need not change.",
  because: "whoever made it, and whatever stores it, knows the password for good",
  fix: "set passwordResetRequired to true; better, let people sign in through IAM Identity Center.",
};

const credentials: Readonly<Record<string, Credential>> = {
  "aws:iam/accessKey:AccessKey": {
    message: "Creates an access key that never expires.",
    because: "a leaked key works from anywhere until somebody notices; its secret is also kept in Pulumi's state",
    fix: useRole,
    harmless: [inactive],
  },
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": {
    message: "Creates a user name and password, or an API key, for one AWS service, for an IAM user.",
    because: "it works from anywhere without MFA; its secret is also kept in Pulumi's state",
    fix: "sign requests with the credentials of a role instead.",
    harmless: [inactive, { path: ["credentialAgeDays"], values: /^\d+$/ }],
  },
  "aws:iam/userLoginProfile:UserLoginProfile": {
    ...password,
    harmless: [{ path: ["passwordResetRequired"], values: /^true$/ }],
  },
  "aws-native:iam:User": {
    ...password,
    only: "loginProfile",
    harmless: [{ path: ["loginProfile", "passwordResetRequired"], values: /^true$/ }],
  },
};

/** Warns of credentials that stay valid until somebody takes them away. */
export const iamNoLongLivedKeys: Policy = {
  id: "iam-no-long-lived-keys",
  title: "No credentials that never expire",
  description: "IAM users should have no access keys, and no passwords that somebody else chose.",
  level: "advisory",
  severity: "medium",
  frameworks: [
    {
      name: "AWS Well-Architected Framework",
      version: "2024-06-27",
      reference: "SEC02-BP02",
      specification: "Use temporary credentials.",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "IAM.3",
      specification: "IAM users' access keys should be rotated every 90 days or less.",
    },
  ],
  remediationSteps:
    "Give people IAM Identity Center, and machines a role: of their instance, task or function, or through OIDC where " +
    "they run elsewhere. Where a key must stay, except it by name with a reason and a date.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
  configSchema: { properties: { exceptions: exceptionsSchema } },
  resourceTypes: Object.keys(credentials),
  evaluate: (resource) => {
    const credential = credentials[resource.type];
    const inputs = root(resource);
    if (credential === undefined || !makesOne(inputs, credential)) return [];
    const decisive = credential.harmless.map(({ path, values }) => ({ ...path.reduce(property, inputs), values }));
    if (decisive.some(({ value, values }) => !isUnknown(value) && values.test(word(value)))) return [];
    const unknown = decisive.find(({ value }) => isUnknown(value));
    return [unknown === undefined ? describe(credential, decisive[0]!.path) : notKnown(unknown.path)];
  },
};

function makesOne(inputs: Located, { only }: Credential): boolean {
  if (only === undefined) return true;
  const { value } = property(inputs, only);
  return isTree(value) || isUnknown(value);
}

function describe({ message, because, fix }: Credential, path: string): Finding {
  return { certainty: "violation", message, path, witness: because, fix };
}

function notKnown(path: string): Finding {
  return cannotTell("this credential can be used for good", [path], "give the input a value that is known at preview.");
}
