import { type AwsClients } from "../../aws/clients";
import { type LeakNames } from "./leak-names";
import { unlessGone } from "../../aws/errors";
import { type Evidence } from "../foundation/verify/verifier";

/**
 * May the state machine do what its definition says? The role's description and policy were written with it; whoever
 * changes one of the three alone leaves them apart.
 *
 * @param mode of the definition
 */
export async function mayAnswer(aws: AwsClients, names: LeakNames, mode: string): Promise<Evidence> {
  const { role } = names;
  const [meant, policy] = await Promise.all([meantMode(aws, names, mode), policyOf(aws, role)]);
  if (policy === undefined) {
    return { holds: false, says: `the response may do nothing: role ${role} or its policy is gone` };
  }
  if (meant !== mode) {
    return { holds: false, says: `the response is in mode ${mode}, and its role was made for mode ${meant}` };
  }
  const needed = [
    "iam:GetAccessKeyLastUsed",
    "events:PutEvents",
    "states:StartExecution",
    ...(mode === "contain" ? ["iam:ListAttachedUserPolicies", "guardduty:GetFindings", "iam:UpdateAccessKey"] : []),
  ];
  return allows(policy, needed, `the response, in mode ${mode},`);
}

/** The mode that the role was made for, which is what the program says. @param mode where the role does not tell */
export async function meantMode(aws: AwsClients, { role }: LeakNames, mode: string): Promise<string> {
  const found = await unlessGone(aws.iam().getRole({ RoleName: role }), "NoSuchEntity");
  return /\(mode (\w+)\)/.exec(found?.Role?.Description ?? "")?.[1] ?? mode;
}

/** May rules start the response, and forward to it? */
export async function mayBegin(aws: AwsClients, { eventsRole }: LeakNames): Promise<Evidence> {
  const policy = await policyOf(aws, eventsRole);
  return policy === undefined
    ? { holds: false, says: `rules start nothing: role ${eventsRole} or its policy is gone` }
    : allows(policy, ["states:StartExecution", "events:PutEvents"], "rules that start the response");
}

/** Actions that the role's own inline policy allows; undefined without one. */
async function policyOf(aws: AwsClients, RoleName: string): Promise<string[] | undefined> {
  const lookUp = aws.iam().getRolePolicy({ RoleName, PolicyName: "leak-response" });
  const found = await unlessGone(lookUp, "NoSuchEntity");
  if (found?.PolicyDocument === undefined) {
    return undefined;
  }
  const { Statement } = JSON.parse(decodeURIComponent(found.PolicyDocument)) as {
    Statement: { Effect: string; Action: string | string[] }[];
  };
  return Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);
}

function allows(actions: string[], needed: string[], who: string): Evidence {
  const lacking = needed.filter((each) => !actions.includes(each));
  return lacking.length === 0
    ? { holds: true, says: `${who} may do what it takes` }
    : { holds: false, says: `${who} may not ${lacking.join(", ")}` };
}
