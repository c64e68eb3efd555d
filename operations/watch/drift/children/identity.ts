import { pages } from "../../../../aws/attempt";
import { type Asking, type Child, type ChildLook, type Known, textOf } from "./model";

interface Holder {
  /** Class of the holder, in lower case: `role` or `group`. */
  kind: "role" | "group";
  name: string;
}

interface Attached {
  PolicyName?: string | undefined;
  PolicyArn?: string | undefined;
}

/** Inline policies, then attached ones, of a role or a group. */
const listing = {
  role: {
    inline: ["iam:ListRolePolicies", "listRolePolicies", "RoleName"],
    attached: ["iam:ListAttachedRolePolicies", "listAttachedRolePolicies", "RoleName"],
  },
  group: {
    inline: ["iam:ListGroupPolicies", "listGroupPolicies", "GroupName"],
    attached: ["iam:ListAttachedGroupPolicies", "listAttachedGroupPolicies", "GroupName"],
  },
} as const;

async function list({ aws, call }: Asking, { kind, name }: Holder, of: "inline" | "attached"): Promise<unknown[]> {
  const [action, method, key] = listing[kind][of];
  const iam = aws.iam();
  const ask = iam[method].bind(iam) as unknown as (input: object) => Promise<Record<string, unknown>>;
  return pages(async (Marker) => {
    const page = await call(action, () => ask({ [key]: name, ...(Marker && { Marker }) }));
    const items = (of === "inline" ? page["PolicyNames"] : page["AttachedPolicies"]) as unknown[];
    return { items, next: page["IsTruncated"] ? (page["Marker"] as string) : undefined };
  });
}

const types = {
  role: {
    inline: "aws:iam/rolePolicy:RolePolicy",
    attached: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  },
  group: {
    inline: "aws:iam/groupPolicy:GroupPolicy",
    attached: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  },
};

function look(kind: "role" | "group", of: string, means: string): ChildLook {
  return {
    what: `policies of ${kind}s`,
    of,
    actions: [listing[kind].inline[0], listing[kind].attached[0]],
    async find(asking, parent) {
      const name = textOf(parent, "name") ?? parent.id;
      const [inline, attached] = await Promise.all([
        list(asking, { kind, name }, "inline") as Promise<string[]>,
        list(asking, { kind, name }, "attached") as Promise<Attached[]>,
      ]);
      return [
        ...inline
          .filter((each) => !hasInline(asking, kind, name, each))
          .map((each) => inlineChild(kind, name, each, means)),
        ...attached
          .filter(
            ({ PolicyArn }) => !asking.program.declares(types[kind].attached, { [kind]: name, policyArn: PolicyArn }),
          )
          .map(({ PolicyName = "", PolicyArn = "" }): Child => ({
            type: types[kind].attached,
            name: `${name} ${PolicyName}`,
            id: `${name} ${PolicyArn}`,
            severity: "high",
            means,
            found: { policyArn: PolicyArn },
            knownAs: [name, PolicyArn],
          })),
      ];
    },
  };
}

function hasInline({ program }: Asking, kind: "role" | "group", holder: string, policy: string): boolean {
  const isPolicy = (each: Known) => each.id === `${holder}:${policy}` || textOf(each, "name") === policy;
  return program.of(types[kind].inline).some((each) => textOf(each, kind) === holder && isPolicy(each));
}

function inlineChild(kind: "role" | "group", holder: string, policy: string, means: string): Child {
  return {
    type: types[kind].inline,
    name: `${holder} ${policy}`,
    id: `${holder}:${policy}`,
    severity: "high",
    means,
    found: { name: policy },
    knownAs: [holder, policy],
  };
}

/** Policies on roles and groups of ours. */
export const identityLooks: readonly ChildLook[] = [
  look("role", "aws:iam/role:Role", "the role may do more than the program says, or less"),
  look("group", "aws:iam/group:Group", "everybody in the group may do more than the program says, or less"),
];
