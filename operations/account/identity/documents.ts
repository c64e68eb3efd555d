import { type AwsClients } from "../../../aws/clients";
import { badInput, BaselineError } from "../../../common/errors";
import { readDocument } from "aws-prevention-baseline-policy-pack/iam/document";
import { type PolicyDocument } from "aws-prevention-baseline-policy-pack/iam/model";
import { ask, awsErrorName } from "../../../aws/ask";
import { listOf, pages } from "../../../aws/attempt";
import { endsSurvey } from "../../../aws/problem";
import { type HeldDocument, type HeldDocuments, type PrincipalName } from "./model";

/**
 * Reads every identity policy of a user or a role: inline, attached, those of its groups, and the boundary. Nothing is
 * written. A part that cannot be read stands in `problems`; a managed policy whose text is denied is still named.
 *
 * @param region where IAM is asked; by default where a call without a region goes
 * @throws BaselineError `no-such-principal` when the account has none of that name
 * @throws BaselineError `no-credentials`, `credentials-expired` when nothing can be read at all
 */
export async function documentsOf(
  aws: AwsClients,
  principal: PrincipalName,
  region = aws.defaultRegion,
): Promise<HeldDocuments> {
  const reader = new Reader(aws, region);
  const held = "user" in principal ? await reader.ofUser(principal.user) : await reader.ofRole(principal.role);
  const { groups, boundary, policies } = held;
  const isRole = "role" in principal;
  return { policies, groups, isRole, problems: [...new Set(reader.problems)], ...(boundary && { boundary }) };
}

/**
 * Policy text as IAM hands it out: percent-encoded JSON. Source: IAM API Reference, GetPolicyVersion.
 *
 * @param source names the policy, for people
 * @throws BaselineError `unreadable-policy` for what IAM does not store: no JSON object, or one without a statement
 */
export function decodedDocument(
  text: string | undefined,
  source: string,
  kind: "identity" | "trust" = "identity",
): PolicyDocument {
  const document = readDocument({ value: decoded(text ?? ""), path: source }, kind);
  if (document.statements.length === 0) {
    throw new BaselineError(
      "unreadable-policy",
      `The ${source} could not be read: what came in its place is no policy document.`,
      "Run it again; if it stays so, look whether a proxy answers in AWS's place.",
    );
  }
  return document;
}

/** Who may take a role, as JSON. @throws as `decodedDocument` */
export function trustText(text: string | undefined, roleName: string): string {
  decodedDocument(text, `trust policy of role ${roleName}`, "trust");
  return decoded(text ?? "");
}

/** The text of a managed policy's default version. @param call how a call is made: asked for, limited, tried again */
export async function managedPolicyText(
  iam: ReturnType<AwsClients["iam"]>,
  arn: string,
  call: <A>(send: () => Promise<A>) => Promise<A>,
): Promise<string | undefined> {
  const { Policy } = await call(() => iam.getPolicy({ PolicyArn: arn }));
  const { PolicyVersion } = await call(() =>
    iam.getPolicyVersion({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId }),
  );
  return PolicyVersion?.Document;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface Held {
  policies: HeldDocument[];
  groups: string[];
  boundary?: HeldDocument;
}

class Reader {
  readonly problems: string[] = [];

  constructor(
    private readonly aws: AwsClients,
    private readonly region: string,
  ) {}

  async ofUser(UserName: string): Promise<Held> {
    const iam = this.aws.iam(this.region);
    const { User } = await this.existing("user", UserName, "iam:GetUser", () => iam.getUser({ UserName }));
    const [inline, attached, groups] = await Promise.all([
      this.names("iam:ListUserPolicies", (Marker) => iam.listUserPolicies({ UserName, Marker })),
      this.attached("iam:ListAttachedUserPolicies", (Marker) => iam.listAttachedUserPolicies({ UserName, Marker })),
      this.groupsOf(UserName),
    ]);
    const policies = await Promise.all([
      ...inline.map((PolicyName) =>
        this.inline(`inline policy ${PolicyName}`, "inline", "iam:GetUserPolicy", () =>
          iam.getUserPolicy({ UserName, PolicyName }),
        ),
      ),
      ...attached.map((arn) => this.managed(arn, `policy ${nameOf(arn)}`, "attached")),
    ]);
    const ofGroups = await Promise.all(groups.map((group) => this.ofGroup(group)));
    const boundary = await this.boundary(User?.PermissionsBoundary?.PermissionsBoundaryArn);
    return { policies: [...policies, ...ofGroups.flat()], groups, ...(boundary && { boundary }) };
  }

  async ofRole(RoleName: string): Promise<Held> {
    const iam = this.aws.iam(this.region);
    const { Role } = await this.existing("role", RoleName, "iam:GetRole", () => iam.getRole({ RoleName }));
    const [inline, attached] = await Promise.all([
      this.names("iam:ListRolePolicies", (Marker) => iam.listRolePolicies({ RoleName, Marker })),
      this.attached("iam:ListAttachedRolePolicies", (Marker) => iam.listAttachedRolePolicies({ RoleName, Marker })),
    ]);
    const policies = await Promise.all([
      ...inline.map((PolicyName) =>
        this.inline(`inline policy ${PolicyName}`, "inline", "iam:GetRolePolicy", () =>
          iam.getRolePolicy({ RoleName, PolicyName }),
        ),
      ),
      ...attached.map((arn) => this.managed(arn, `policy ${nameOf(arn)}`, "attached")),
    ]);
    const boundary = await this.boundary(Role?.PermissionsBoundary?.PermissionsBoundaryArn);
    return { policies, groups: [], ...(boundary && { boundary }) };
  }

  private async ofGroup(GroupName: string): Promise<HeldDocument[]> {
    const iam = this.aws.iam(this.region);
    const [inline, attached] = await Promise.all([
      this.names("iam:ListGroupPolicies", (Marker) => iam.listGroupPolicies({ GroupName, Marker })),
      this.attached("iam:ListAttachedGroupPolicies", (Marker) => iam.listAttachedGroupPolicies({ GroupName, Marker })),
    ]);
    return Promise.all([
      ...inline.map((PolicyName) =>
        this.inline(`inline policy ${PolicyName} of group ${GroupName}`, "group", "iam:GetGroupPolicy", () =>
          iam.getGroupPolicy({ GroupName, PolicyName }),
        ),
      ),
      ...attached.map((arn) => this.managed(arn, `policy ${nameOf(arn)} of group ${GroupName}`, "group")),
    ]);
  }

  private async groupsOf(UserName: string): Promise<string[]> {
    const iam = this.aws.iam(this.region);
    const found = await this.part("iam:ListGroupsForUser", [], (call) =>
      listOf("Groups", (Marker) => call(() => iam.listGroupsForUser({ UserName, Marker }))),
    );
    return found.map(({ GroupName = "" }) => GroupName);
  }

  private names(action: string, page: (marker?: string) => Promise<{ PolicyNames?: string[]; Marker?: string }>) {
    return this.part(action, [], (call) =>
      pages(async (marker) => {
        const { PolicyNames, Marker } = await call(() => page(marker));
        return { items: PolicyNames, next: Marker };
      }),
    );
  }

  private async attached(
    action: string,
    page: (marker?: string) => Promise<{ AttachedPolicies?: { PolicyArn?: string }[]; Marker?: string }>,
  ): Promise<string[]> {
    const found = await this.part(action, [], (call) =>
      pages(async (marker) => {
        const { AttachedPolicies, Marker } = await call(() => page(marker));
        return { items: AttachedPolicies, next: Marker };
      }),
    );
    return found.flatMap(({ PolicyArn }) => PolicyArn ?? []);
  }

  private inline(
    source: string,
    via: HeldDocument["via"],
    action: string,
    get: () => Promise<{ PolicyDocument?: string }>,
  ): Promise<HeldDocument> {
    return this.part<HeldDocument>(action, { source, via }, async (call) => {
      const { PolicyDocument: text } = await call(get);
      return { source, via, document: decodedDocument(text, source) };
    });
  }

  private managed(arn: string, source: string, via: HeldDocument["via"]): Promise<HeldDocument> {
    return this.part<HeldDocument>("iam:GetPolicyVersion", { source, arn, via }, async (call) => {
      const text = await managedPolicyText(this.aws.iam(this.region), arn, call);
      return { source, arn, via, document: decodedDocument(text, source) };
    });
  }

  private async boundary(arn: string | undefined): Promise<HeldDocument | undefined> {
    return arn === undefined ? undefined : this.managed(arn, `permissions boundary ${nameOf(arn)}`, "boundary");
  }

  private async existing<T>(kind: string, name: string, action: string, get: () => Promise<T>): Promise<Partial<T>> {
    try {
      return await ask(action, this.region, get);
    } catch (error) {
      if (awsErrorName(error).startsWith("NoSuchEntity")) {
        throw badInput(
          "no-such-principal",
          `The account has no IAM ${kind} of the name ${JSON.stringify(name)}.`,
          "Check the name and the account: `aws sts get-caller-identity`.",
          { cause: error },
        );
      }
      return this.problem(error, {});
    }
  }

  /** A part of the answer; `otherwise` stands for it where it cannot be read. */
  private async part<T>(
    action: string,
    otherwise: T,
    look: (call: <A>(send: () => Promise<A>) => Promise<A>) => Promise<T>,
  ): Promise<T> {
    try {
      return await look((send) => ask(action, this.region, send));
    } catch (error) {
      return this.problem(error, otherwise);
    }
  }

  private problem<T>(error: unknown, otherwise: T): T {
    if (endsSurvey(error) || !(error instanceof BaselineError)) {
      throw error;
    }
    this.problems.push(error.message.split("\n")[0] ?? error.message);
    return otherwise;
  }
}

/** The last part of an ARN: the policy's own name. */
export function nameOf(arn: string): string {
  return arn.split("/").at(-1) ?? arn;
}
