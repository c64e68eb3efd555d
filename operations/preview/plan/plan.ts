import { ExitCode } from "../../../common/errors";
import { presentable } from "../../../common/pulumi-values";
import { knownRegions } from "../../../components/foundation/settings/checks";
import {
  evaluateResource,
  evaluateStack,
  type Level,
  type PackConfig,
  type Result,
} from "aws-prevention-baseline-policy-pack/policies";
import { type Registration } from "../../../engine/in-process/registration";
import { runProgram } from "../../../engine/in-process/program";
import { callsElsewhere, providerSetting } from "../../../engine/pulumi/stack-calls";
import { controlOf } from "../../../engine/control-of";
import { offlineAnswers } from "./offline-account";

/** One resource the program would create. Values known only at `up` read `[known after up]`. */
export interface PlannedResource {
  urn: string;
  type: string;
  name: string;
  /** URN of the component it belongs to. */
  parent: string;
  /** Class of the control it is part of, such as `AuditTrail`. */
  control: string;
  /** Absent for what is not regional, such as IAM. */
  region?: string;
  inputs: Record<string, unknown>;
  protect: boolean;
  /** URNs, sorted. */
  dependsOn: string[];
}

/** What one policy says of one resource. */
export interface PolicyVerdict {
  policy: string;
  level: Level;
  severity: string;
  /** `unknown`: to be decided at `up`, when the input is known. */
  certainty: "violation" | "unknown";
  urn: string;
  resource: string;
  path: string;
  message: string;
}

export interface Plan {
  resources: PlannedResource[];
  policies: PolicyVerdict[];
  summary: {
    resources: number;
    /** Number of resources by control. */
    controls: Record<string, number>;
    /** Number of resources by region; `account` counts those that are not regional. */
    regions: Record<string, number>;
    protected: number;
    /** Verdicts by level: `mandatory` ones block. */
    mandatory: number;
    advisory: number;
    /** What the program itself says, then what a plan made offline cannot know. */
    notes: string[];
  };
}

export interface PlanRequest {
  /** Path of the program's entry module, or the program itself. */
  program: string | (() => unknown);
  project: string;
  /** Configuration by full key. */
  config: Record<string, string>;
  /** The regions the account is taken to have enabled. */
  regions: string[];
  /** As in `pulumi preview --policy-pack-config`. */
  policyConfig?: PackConfig;
}

/**
 * Runs the program offline and judges what it declares. Nothing is sent anywhere.
 *
 * @throws what the program throws, such as BaselineError `invalid-settings`
 */
export async function makePlan(request: PlanRequest): Promise<Plan> {
  const registrations: Registration[] = [];
  const asked = new Set<string>();
  const said: string[] = [];
  const answer = offlineAnswers(request.regions);
  const run = { ...request, stack: "plan", preview: true, onLog: (message: string) => void said.push(message) };
  await runProgram(run, {
    register: (registration) => {
      registrations.push(registration);
      return Promise.resolve({ outputs: registration.inputs });
    },
    invoke: (token, args) => {
      asked.add(token);
      return Promise.resolve(answer(token, args));
    },
  });
  const custom = registrations.filter((each) => each.custom).sort(byUrn);
  const resources = custom.map(planned);
  const policies = judge(custom, request.policyConfig ?? {});
  return { resources, policies, summary: summarise(resources, policies, request, asked, said) };
}

/** How a plan ends: 3 when a mandatory policy is violated, otherwise 0. */
export function planExitCode({ summary }: Plan): number {
  return summary.mandatory > 0 ? ExitCode.found : ExitCode.ok;
}

function byUrn(a: Registration, b: Registration): number {
  return a.urn < b.urn ? -1 : 1;
}

function planned({ urn, type, name, parent = "", inputs, protect, dependencies }: Registration): PlannedResource {
  const { region } = inputs;
  return {
    urn,
    type,
    name,
    parent,
    control: controlOf(urn),
    ...(typeof region === "string" && { region }),
    inputs: presentable(inputs) as Record<string, unknown>,
    protect,
    dependsOn: dependencies,
  };
}

function judge(registrations: Registration[], config: PackConfig): PolicyVerdict[] {
  const resources = registrations.map(({ inputs, ...each }) => ({ ...each, props: inputs }));
  const nameOf = new Map(resources.map(({ urn, name }) => [urn, name]));
  return [
    ...resources.flatMap((each) => evaluateResource(each, config).map((result) => ({ ...result, urn: each.urn }))),
    // What the engine would hand over is outputs; before an update these are the inputs, and unknown values.
    ...evaluateStack(resources, config),
  ].map((result) => verdict(result, result.urn, nameOf.get(result.urn) ?? ""));
}

function verdict(result: Result, urn: string, resource: string): PolicyVerdict {
  const { policyId: policy, level, severity, certainty, path, message } = result;
  return { policy, level, severity, certainty, urn, resource, path, message };
}

const usersNote = "Offline: IAM users are found at run time; each one covered by MFA enforcement adds one resource.";
const groupsNote =
  "Offline: `up` fails for a user who is in ten groups already, because MFA enforcement adds one. `adopt` finds such users.";

const endpointsNote =
  "Offline: `up` fails for a VPC of ssmEndpoints.vpcs that has an endpoint for one of these services already. `adopt` finds such endpoints.";

const membership = "aws:iam/userGroupMembership:UserGroupMembership";

function summarise(
  resources: PlannedResource[],
  policies: PolicyVerdict[],
  request: PlanRequest,
  asked: Set<string>,
  said: string[],
): Plan["summary"] {
  const asksForUsers = asked.has("aws:iam/getUsers:getUsers");
  const elsewhere = callsElsewhere("the stack file", providerSetting(request.config));
  const strange = request.regions.filter((name) => !knownRegions.has(name));
  return {
    resources: resources.length,
    controls: count(resources.map(({ control }) => control)),
    regions: count(resources.map(({ region }) => region ?? "account")),
    protected: resources.filter(({ protect }) => protect).length,
    mandatory: policies.filter(({ level }) => level === "mandatory").length,
    advisory: policies.filter(({ level }) => level === "advisory").length,
    notes: [
      ...(elsewhere ? [`CALLS MAY NOT GO TO AWS: ${elsewhere.sentence}. ${elsewhere.next}`] : []),
      ...said,
      `Offline: the account is taken to have these ${request.regions.length} region(s) enabled: ${request.regions.join(", ")}.`,
      ...strange.map(
        (name) => `${name} is not known to this version. AWS may have opened it since; check its spelling.`,
      ),
      ...(asksForUsers ? [usersNote] : []),
      ...(asksForUsers || resources.some(({ type }) => type === membership) ? [groupsNote] : []),
      ...(asked.has("aws:ec2/getVpc:getVpc") ? [endpointsNote] : []),
    ],
  };
}

function count(keys: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys.sort()) {
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
