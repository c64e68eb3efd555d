import { type AwsClients } from "../../../aws/clients";
import { awsErrorName } from "../../../aws/ask";
import { type Attempts, listOf } from "../../../aws/attempt";
import {
  type Budget,
  type PasswordPolicy,
  type PublicAccessBlock,
  type ServiceLinkedRole,
  type Survey,
  type User,
  type SurveyKind,
} from "./model";
import { asTags } from "./regional";

/** What an account has once. */
export type AccountWide = Pick<Survey, "budgets" | "users" | "controlTowerRoles"> & {
  passwordPolicy: PasswordPolicy | undefined;
  publicAccessBlock: PublicAccessBlock | undefined;
  configRole: ServiceLinkedRole | undefined;
};

export interface AccountPlace {
  aws: AwsClients;
  attempts: Attempts<SurveyKind>;
  accountId: string;
  /** Where the partition's account-wide services are. */
  region: string;
}

export const accountLooks: { [Kind in keyof AccountWide]: (place: AccountPlace) => Promise<AccountWide[Kind]> } = {
  passwordPolicy: ({ aws, attempts, region }) =>
    attempts.one<PasswordPolicy | undefined>("passwordPolicy", region, undefined, async (call) => {
      const answer = await unlessAbsent("NoSuchEntity", () =>
        call("iam:GetAccountPasswordPolicy", () => aws.iam(region).getAccountPasswordPolicy({})),
      );
      const policy = answer?.PasswordPolicy;
      return (
        policy && {
          minimumLength: policy.MinimumPasswordLength ?? 6,
          requireLowercase: policy.RequireLowercaseCharacters === true,
          requireUppercase: policy.RequireUppercaseCharacters === true,
          requireNumbers: policy.RequireNumbers === true,
          requireSymbols: policy.RequireSymbols === true,
          usersMayChange: policy.AllowUsersToChangePassword === true,
          hardExpiry: policy.HardExpiry === true,
          ...(policy.MaxPasswordAge && { maxAgeDays: policy.MaxPasswordAge }),
          ...(policy.PasswordReusePrevention && { reusePrevention: policy.PasswordReusePrevention }),
        }
      );
    }),

  publicAccessBlock: ({ aws, attempts, accountId, region }) =>
    attempts.one<PublicAccessBlock | undefined>("publicAccessBlock", region, undefined, async (call) => {
      const answer = await unlessAbsent("NoSuchPublicAccessBlockConfiguration", () =>
        call("s3:GetAccountPublicAccessBlock", () =>
          aws.s3control(region).getPublicAccessBlock({ AccountId: accountId }),
        ),
      );
      const block = answer?.PublicAccessBlockConfiguration;
      return (
        block && {
          blockPublicAcls: block.BlockPublicAcls === true,
          blockPublicPolicy: block.BlockPublicPolicy === true,
          ignorePublicAcls: block.IgnorePublicAcls === true,
          restrictPublicBuckets: block.RestrictPublicBuckets === true,
        }
      );
    }),

  configRole: ({ aws, attempts, region }) =>
    attempts.one<ServiceLinkedRole | undefined>("configRole", region, undefined, async (call) => {
      const name = "AWSServiceRoleForConfig";
      const answer = await unlessAbsent("NoSuchEntity", () =>
        call("iam:GetRole", () => aws.iam(region).getRole({ RoleName: name })),
      );
      const role = answer?.Role;
      return role && { name, arn: role.Arn ?? "", tags: asTags(role.Tags ?? []) };
    }),

  budgets: ({ aws, attempts, accountId, region }) =>
    attempts.one<Budget[]>("budgets", region, [], async (call) => {
      const budgets = await listOf("Budgets", (NextToken) =>
        call("budgets:ViewBudget", () => aws.budgets(region).describeBudgets({ AccountId: accountId, NextToken })),
      );
      return budgets.map(({ BudgetName = "", BudgetType = "" }) => ({ name: BudgetName, type: BudgetType }));
    }),

  users: ({ aws, attempts, region }) =>
    attempts.one<User[]>("users", region, [], async (call) => {
      const users = await listOf("Users", (Marker) =>
        call("iam:ListUsers", () => aws.iam(region).listUsers({ Marker })),
      );
      return users.map(({ UserName = "", Arn = "", CreateDate }) => ({
        name: UserName,
        arn: Arn,
        createdAt: CreateDate?.toISOString() ?? "",
      }));
    }),

  // Source: AWS Control Tower User Guide, "AWSControlTowerExecution" and "Resource identifiers".
  controlTowerRoles: ({ aws, attempts, region }) =>
    attempts.one<string[]>("controlTowerRoles", region, [], async (call) => {
      const roles = await listOf("Roles", (Marker) =>
        call("iam:ListRoles", () => aws.iam(region).listRoles({ Marker })),
      );
      return roles
        .map(({ RoleName = "" }) => RoleName)
        .filter((name) => name === "AWSControlTowerExecution" || name.startsWith("aws-controltower-"));
    }),
};

/** @param names how the names of the errors begin by which AWS says that there is no such thing */
export async function unlessAbsent<T>(names: string, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (awsErrorName(error).startsWith(names)) {
      return undefined;
    }
    throw error;
  }
}
