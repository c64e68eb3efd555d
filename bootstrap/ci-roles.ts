import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type PolicyStatement } from "../components/foundation/policy-document";
import { applyBoundary, noContents, rolesBoundary, stateOnly } from "./boundary";
import { limitedStatements, readStatements, writeStatements } from "./documents";
import { iamStatements } from "./iam-statements";
import { type OidcIssuer } from "./oidc-issuer";
import { iamArn, namesOf, type Place, type StatePlace } from "./place";
import { stateKeyGuard, stateReads, stateWrites } from "./state-access";
import { type TrustedSubject, trustDocument } from "./trust";

export interface CiRolesArgs {
  place: Place;
  sessionMinutes: number;
  /** Whose tokens get the roles. */
  trust: { preview: TrustedSubject[]; apply: TrustedSubject[] };
  /** They must be there before a role can trust them. */
  issuers: OidcIssuer[];
  /** Absent where Pulumi Cloud keeps the state. */
  state?: Omit<StatePlace, "keyArn"> & { keyArn: pulumi.Input<string> };
  tags: pulumi.Input<Record<string, string>>;
}

/** The two roles CI takes: one that reads, for proposals and at night, and one that applies what was approved. */
export class CiRoles extends pulumi.ComponentResource {
  readonly previewRoleArn: string;
  readonly applyRoleArn: string;
  /** Name of the policy that bounds the baseline's roles. */
  readonly permissionsBoundary: string;
  private readonly args: CiRolesArgs;

  constructor(name: string, args: CiRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:bootstrap:CiRoles", name, {}, opts);
    this.args = args;
    const { place, trust, state } = args;
    const { partition } = place;
    const names = namesOf(place);
    const reads = this.policy(`${name}-reads`, names.reads, "What previews read", readStatements());
    const writes = this.policy(`${name}-writes`, names.writes, "What updates write", writeStatements(place));
    const limitedWrites = limitedStatements(place);
    const limited = this.policy(
      `${name}-limited-writes`,
      names.limitedWrites,
      "What updates write of their own",
      limitedWrites,
    );
    const iam = this.policy(`${name}-iam-writes`, names.iamWrites, "What updates write in IAM", iamStatements(place));
    const wall = this.policy(`${name}-wall`, names.applyBoundary, "The most CI may do", applyBoundary(place));
    const roles = "The most that a role of the baseline may do";
    this.policy(`${name}-roles-boundary`, names.rolesBoundary, roles, rolesBoundary(place));

    const preview = this.role(
      `${name}-preview`,
      names.preview,
      "CI: previews, drift, surveys; reads only",
      trust.preview,
    );
    // Not SecurityAudit: what it reads of machines, functions and tasks (user data, environments) is full of passwords.
    this.attach(`${name}-preview-reads`, preview, iamArn(place, `policy/${names.reads}`), [reads]);
    this.inline(`${name}-preview-state`, preview, state, (known) => [
      ...noContents(),
      ...stateOnly(partition, known),
      ...(known ? stateReads(partition, known) : []),
    ]);

    const bounded = { permissionsBoundary: iamArn(place, `policy/${names.applyBoundary}`) };
    const apply = this.role(`${name}-apply`, names.apply, "CI: applies what was approved", trust.apply, bounded, [
      wall,
    ]);
    this.attach(`${name}-apply-reads`, apply, iamArn(place, `policy/${names.reads}`), [reads]);
    this.attach(`${name}-apply-writes`, apply, iamArn(place, `policy/${names.writes}`), [writes]);
    this.attach(`${name}-apply-limited-writes`, apply, iamArn(place, `policy/${names.limitedWrites}`), [limited]);
    this.attach(`${name}-apply-iam-writes`, apply, iamArn(place, `policy/${names.iamWrites}`), [iam]);
    this.inline(`${name}-apply-state`, apply, state, (known) => [
      ...stateOnly(partition, known),
      ...(known ? [...stateReads(partition, known), ...stateWrites(partition, known), ...stateKeyGuard(known)] : []),
    ]);

    this.previewRoleArn = iamArn(place, `role/${names.preview}`);
    this.applyRoleArn = iamArn(place, `role/${names.apply}`);
    this.permissionsBoundary = names.rolesBoundary;
    this.registerOutputs({});
  }

  private role(
    name: string,
    roleName: string,
    description: string,
    trusted: TrustedSubject[],
    more: Partial<aws.iam.RoleArgs> = {},
    needs: pulumi.Resource[] = [],
  ): aws.iam.Role {
    const { sessionMinutes, issuers, tags } = this.args;
    return new aws.iam.Role(
      `${name}-role`,
      {
        name: roleName,
        description,
        assumeRolePolicy: trustDocument(trusted),
        maxSessionDuration: sessionMinutes * 60,
        ...more,
        tags,
      },
      { parent: this, dependsOn: [...issuers, ...needs] },
    );
  }

  private policy(name: string, policyName: string, description: string, statements: PolicyStatement[]): aws.iam.Policy {
    const policy = { name: policyName, description, policy: policyDocument(statements), tags: this.args.tags };
    return new aws.iam.Policy(`${name}-policy`, policy, { parent: this });
  }

  // ARNs are computed, so that the pack judges the role at preview; the dependency then has to be named.
  private attach(name: string, role: aws.iam.Role, policyArn: string, dependsOn: pulumi.Resource[]): void {
    new aws.iam.RolePolicyAttachment(name, { role: role.name, policyArn }, { parent: this, dependsOn });
  }

  private inline(
    name: string,
    role: aws.iam.Role,
    state: CiRolesArgs["state"],
    statements: (known: StatePlace | undefined) => PolicyStatement[],
  ): void {
    const policy = state
      ? pulumi.output(state.keyArn).apply((keyArn) => policyDocument(statements({ ...state, keyArn })))
      : policyDocument(statements(undefined));
    new aws.iam.RolePolicy(name, { name: "state", role: role.name, policy }, { parent: this });
  }
}
