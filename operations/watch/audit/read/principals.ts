import { type GetAccountAuthorizationDetailsCommandOutput, type EntityType } from "@aws-sdk/client-iam";
import { type PolicyDocument } from "aws-prevention-baseline-policy-pack/iam/model";
import { decodedDocument, managedPolicyText, nameOf } from "../../../account/identity/documents";
import { type HeldDocument } from "../../../account/identity/model";
import { type IdentityVerdict, verdictOn } from "../../../account/identity/verdict";
import { type Call, eachPage } from "../../../../aws/attempt";
import { dated, type Place, reading } from "./place";

type Details = GetAccountAuthorizationDetailsCommandOutput;
type Group = NonNullable<Details["GroupDetailList"]>[number];
type Holder = {
  inline: { PolicyName?: string; PolicyDocument?: string }[];
  attached: { PolicyArn?: string }[];
};

/**
 * Reads who holds which policies, and judges each user and role: first groups and policies, which an account has
 * hundreds of, then users and roles page by page. Service-linked roles, which nobody can change, are left out.
 */
export function readPrincipals(place: Place): Promise<void> {
  return reading(place, "policies", async (call) => {
    const policies = new Policies(place);
    for await (const page of details(place, call, ["Group", "LocalManagedPolicy"])) {
      policies.learn(page);
    }
    for await (const { UserDetailList: users = [], RoleDetailList: roles = [] } of details(place, call, [
      "User",
      "Role",
    ])) {
      for (const each of users) {
        const holder = { inline: each.UserPolicyList ?? [], attached: each.AttachedManagedPolicies ?? [] };
        const boundary = each.PermissionsBoundary?.PermissionsBoundaryArn;
        place.see("principal", {
          kind: "user",
          name: each.UserName ?? "",
          arn: each.Arn ?? "",
          ...dated("createdAt", each.CreateDate),
          verdict: await policies.verdict(holder, each.GroupList ?? [], boundary, false),
          direct: directOf(holder),
        });
      }
      for (const each of roles.filter(({ Path = "/" }) => !Path.startsWith("/aws-service-role/"))) {
        const holder = { inline: each.RolePolicyList ?? [], attached: each.AttachedManagedPolicies ?? [] };
        const boundary = each.PermissionsBoundary?.PermissionsBoundaryArn;
        place.see("principal", {
          kind: "role",
          name: each.RoleName ?? "",
          arn: each.Arn ?? "",
          ...dated("createdAt", each.CreateDate),
          verdict: await policies.verdict(holder, [], boundary, true),
          direct: directOf(holder),
        });
      }
    }
  });
}

async function* details({ aws, region }: Place, call: Call, Filter: EntityType[]): AsyncGenerator<Details> {
  const page = async (Marker?: string) => {
    const answer = await call("iam:GetAccountAuthorizationDetails", () =>
      aws.iam(region).getAccountAuthorizationDetails({ Filter, Marker }),
    );
    return { items: [answer], next: answer.IsTruncated ? answer.Marker : undefined };
  };
  for await (const [answer] of eachPage(page)) {
    yield answer!;
  }
}

function directOf({ inline, attached }: Holder): { name: string; arn?: string }[] {
  return [
    ...inline.map(({ PolicyName = "" }) => ({ name: PolicyName })),
    ...attached.flatMap(({ PolicyArn: arn }) => (arn === undefined ? [] : [{ name: nameOf(arn), arn }])),
  ];
}

/** What policies say and amount to, each read and decided once. */
class Policies {
  private readonly groups = new Map<string, Group>();
  private readonly texts = new Map<string, Promise<string | undefined>>();
  private readonly documents = new Map<string, PolicyDocument>();
  private readonly verdicts = new Map<string, IdentityVerdict>();

  constructor(private readonly place: Place) {}

  learn({ GroupDetailList = [], Policies: local = [] }: Details): void {
    GroupDetailList.forEach((group) => this.groups.set(group.GroupName ?? "", group));
    for (const { Arn = "", PolicyVersionList = [] } of local) {
      const text = PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document;
      if (text !== undefined) this.texts.set(Arn, Promise.resolve(text));
    }
  }

  async verdict(
    { inline, attached }: Holder,
    groups: readonly string[],
    boundaryArn: string | undefined,
    isRole: boolean,
  ): Promise<IdentityVerdict> {
    // Of those with the same policies and none of their own, one is judged for all.
    const arns = attached.map(({ PolicyArn = "" }) => PolicyArn);
    const key = JSON.stringify([isRole, arns.sort(), [...groups].sort(), boundaryArn]);
    const known = inline.length === 0 ? this.verdicts.get(key) : undefined;
    if (known) {
      return known;
    }
    const ofGroups = groups.flatMap((name) => {
      const { GroupPolicyList = [], AttachedManagedPolicies = [] } = this.groups.get(name) ?? {};
      return [{ name, inline: GroupPolicyList, arns: AttachedManagedPolicies.map(({ PolicyArn = "" }) => PolicyArn) }];
    });
    const policies: HeldDocument[] = [
      ...(await Promise.all(inline.map((each) => this.own(each, `inline policy ${each.PolicyName}`, "inline")))),
      ...(await Promise.all(arns.map((arn) => this.managed(arn, `policy ${nameOf(arn)}`, "attached")))),
      ...(await Promise.all(
        ofGroups.flatMap((group) =>
          group.inline.map((each) =>
            this.own(each, `inline policy ${each.PolicyName} of group ${group.name}`, "group"),
          ),
        ),
      )),
      ...(await Promise.all(
        ofGroups.flatMap((group) =>
          group.arns.map((arn) => this.managed(arn, `policy ${nameOf(arn)} of group ${group.name}`, "group")),
        ),
      )),
    ];
    const boundary = boundaryArn
      ? await this.managed(boundaryArn, `permissions boundary ${nameOf(boundaryArn)}`, "boundary")
      : undefined;
    const verdict = verdictOn({ policies, isRole, ...(boundary && { boundary }) });
    if (inline.length === 0) {
      this.verdicts.set(key, verdict);
    }
    return verdict;
  }

  private async managed(arn: string, source: string, via: HeldDocument["via"]): Promise<HeldDocument> {
    const { aws, attempts, region } = this.place;
    let text = this.texts.get(arn);
    if (text === undefined) {
      // AWS's own are not among the details but for those that are attached, and not even those on every page.
      text = attempts.one<string | undefined>("policies", region, undefined, (call) =>
        managedPolicyText(aws.iam(region), arn, (send) => call("iam:GetPolicyVersion", send)),
      );
      this.texts.set(arn, text);
    }
    const found = await text;
    const document = found === undefined ? undefined : (this.documents.get(source) ?? (await this.read(found, source)));
    if (document) {
      this.documents.set(source, document);
    }
    return { source, arn, via, ...(document && { document }) };
  }

  private async own(
    { PolicyDocument: text }: { PolicyDocument?: string },
    source: string,
    via: HeldDocument["via"],
  ): Promise<HeldDocument> {
    const document = await this.read(text, source);
    return { source, via, ...(document && { document }) };
  }

  /** @returns undefined for what is no policy document; it is named among what could not be read */
  private read(text: string | undefined, source: string): Promise<PolicyDocument | undefined> {
    const { attempts, region } = this.place;
    return attempts.one<PolicyDocument | undefined>("policies", region, undefined, (call) =>
      call("iam:GetPolicyVersion", () => Promise.resolve().then(() => decodedDocument(text, source))),
    );
  }
}
