import { awsCommand } from "../../../common/command";
import { type Found, type ThingKind } from "./model";

/** Things that are left, and the commands that close or remove them, in the order in which they work. */
export interface Removal {
  what: string;
  commands: string[];
}

/** The part that decides which command it is. */
export type Left = Pick<Found, "kind" | "id" | "of" | "region" | "event"> & Pick<Partial<Found>, "rules" | "group">;
type Commands = (left: Left & { policies?: readonly string[] }) => string[];

const inRegion =
  (service: string, operation: string, option: string): Commands =>
  ({ id, region }) => [awsCommand(service, operation, { region, [option]: id })];

/** Sources: AWS CLI Command Reference of each command; IAM User Guide, "Deleting an IAM user" and "Deleting IAM roles". */
const removals: Readonly<Record<Exclude<ThingKind, "other">, Commands>> = {
  instance: ({ id, region, group }) => [
    ...(group === undefined
      ? []
      : [awsCommand("autoscaling", "suspend-processes", { region, "auto-scaling-group-name": group })]),
    awsCommand("ec2", "terminate-instances", { region, "instance-ids": id.split(" ") }),
  ],
  "open port": ({ id, region, rules = [] }) => [
    awsCommand("ec2", "revoke-security-group-ingress", {
      region,
      "group-id": id,
      "ip-permissions": rules.length > 0 ? rules : "<rules>",
    }),
  ],
  "shared snapshot": ({ id, region }) => [
    awsCommand("ec2", "reset-snapshot-attribute", {
      region,
      "snapshot-id": id,
      attribute: "createVolumePermission",
    }),
  ],
  "shared image": ({ id, region }) => [
    awsCommand("ec2", "reset-image-attribute", { region, "image-id": id, attribute: "launchPermission" }),
  ],
  function: ({ id, region, event }) =>
    event.startsWith("Create")
      ? [awsCommand("lambda", "delete-function", { region, "function-name": id })]
      : // It was there before, with other code: it is stopped until its owner has put that back.
        [
          awsCommand("lambda", "put-function-concurrency", {
            region,
            "function-name": id,
            "reserved-concurrent-executions": 0,
          }),
        ],
  "security group": inRegion("ec2", "delete-security-group", "group-id"),
  "key pair": inRegion("ec2", "delete-key-pair", "key-name"),
  bucket: ({ id, region }) => [
    awsCommand("s3api", "list-objects-v2", { region, bucket: id }),
    awsCommand("s3api", "delete-bucket", { region, bucket: id }),
  ],
  "access key": ({ id, of }) => [
    awsCommand("iam", "delete-access-key", { "user-name": of || "<user>", "access-key-id": id }),
  ],
  "console password": ({ id }) => [awsCommand("iam", "delete-login-profile", { "user-name": id })],
  permissions: ({ id, of = "" }) => {
    const [kind = "user", name = ""] = of.split(/\/(.*)/);
    const owner = { [`${kind}-name`]: name || `<${kind}>` };
    return id.startsWith("arn:")
      ? [awsCommand("iam", `detach-${kind}-policy`, { ...owner, "policy-arn": id })]
      : [awsCommand("iam", `delete-${kind}-policy`, { ...owner, "policy-name": id })];
  },
  "trust of role": ({ id }) => [
    awsCommand("iam", "update-assume-role-policy", {
      "role-name": id,
      "policy-document": "<the trust policy as it was>",
    }),
  ],
  policy: ({ id, event }) =>
    event === "CreatePolicyVersion"
      ? [awsCommand("iam", "set-default-policy-version", { "policy-arn": id, "version-id": "<the one before>" })]
      : [
          awsCommand("iam", "list-entities-for-policy", { "policy-arn": id }),
          awsCommand("iam", "delete-policy", { "policy-arn": id }),
        ],
  user: ({ id, policies = [] }) => [
    ...policies.map((each) => awsCommand("iam", "delete-user-policy", { "user-name": id, "policy-name": each })),
    awsCommand("iam", "delete-user", { "user-name": id }),
  ],
  role: ({ id, policies = [] }) => [
    ...policies.map((each) => awsCommand("iam", "delete-role-policy", { "role-name": id, "policy-name": each })),
    awsCommand("iam", "delete-role", { "role-name": id }),
  ],
};

/** The kinds, in the order in which removing them works: a user without a key and a policy can be deleted, and no other. */
export const removableKinds = Object.keys(removals) as Exclude<ThingKind, "other">[];

/**
 * What is left, with its commands. Instances of a region that nothing would start again are one command.
 *
 * @param containment of `user/<name>` or `role/<name>`: the inline policies that contain it; else the command that does,
 *   which then stands first, in the place of the one that deletes it
 */
export function removalsOf(left: readonly Left[], containment: (who: string) => readonly string[] | string): Removal[] {
  const first: Removal[] = [];
  const rest = removableKinds.flatMap((kind) => {
    const ofKind = left.filter((each) => each.kind === kind);
    return (kind === "instance" ? joined(ofKind) : ofKind).flatMap((each) => {
      const how = /^(user|role)$/.test(kind) ? containment(`${kind}/${each.id}`) : [];
      const removal = (commands: string[]) => ({ what: whatOf(each), commands });
      if (typeof how === "string") {
        first.push(removal([how]));
        return [];
      }
      return [removal(removals[kind]({ ...each, policies: how }))];
    });
  });
  return [...first, ...rest];
}

function joined(instances: readonly Left[]): Left[] {
  const alone = instances.filter(({ group }) => group !== undefined);
  const regions = new Map<string, Left>();
  for (const each of instances.filter(({ group }) => group === undefined)) {
    const known = regions.get(each.region);
    regions.set(each.region, known ? { ...known, id: `${known.id} ${each.id}` } : each);
  }
  return [...regions.values(), ...alone];
}

function whatOf({ kind, id, of, region }: Left): string {
  const ids = id.split(" ");
  const name = kind === "instance" && ids.length > 1 ? `${ids.length} instances` : `${kind} ${id}`;
  return `${name}${of && kind !== "instance" ? ` of ${of}` : ""}, ${region}`;
}
