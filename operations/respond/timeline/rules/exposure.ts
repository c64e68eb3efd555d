import { type TrailEvent } from "../../events/record";
import { each, type Rule, targetOf, textsIn } from "../rule";

/** Families with accelerators, SageMaker's included. Source: EC2 instance types, accelerated computing. */
const accelerated = /^(?:ml\.)?(?:p\d|g\d|gr\d|trn\d|inf\d|dl\d)[a-z0-9-]*\.[a-z0-9-]+$/;
const huge = /^(?:ml\.)?[a-z][a-z0-9-]*\.(?:(?:1[2-9]|[2-9]\d|\d{3})xlarge|metal[a-z0-9-]*)$/;
const launches =
  /^(RunInstances|RequestSpotInstances|RequestSpotFleet|CreateFleet|CreateLaunchTemplate(Version)?|CreateAutoScalingGroup|CreateLaunchConfiguration|ModifyInstanceAttribute|CreateNotebookInstance|CreateTrainingJob|CreateEndpointConfig|CreateComputeEnvironment|CreateCluster|CreateNodegroup|RunJobFlow|StartInstances)$/;

/** Types of instances that a call asks for, once each. */
export function typesIn({ name, request, response }: TrailEvent): string[] {
  if (!launches.test(name)) {
    return [];
  }
  return [
    ...new Set([...textsIn(request), ...textsIn(response)].filter((each) => accelerated.test(each) || huge.test(each))),
  ];
}

function launch(pattern: RegExp, but?: RegExp) {
  return each((event) => {
    const types = typesIn(event).filter((type) => pattern.test(type) && !but?.test(type));
    if (types.length === 0) {
      return undefined;
    }
    const detail = `${types.join(", ")} in ${event.region}`;
    return event.error === undefined ? { detail } : { detail: `${detail} (refused)`, severity: "high" };
  });
}

const everyone = /"(?:AWS"\s*:\s*(?:\[\s*)?)?\*"|"Principal"\s*:\s*"\*"/;

/** Whether a policy's text, or object, allows something to everybody and without a condition. */
function isPublic(policy: unknown): boolean {
  const document = (typeof policy === "string" ? parsed(policy) : policy) as { Statement?: unknown } | undefined;
  const statements = [document?.Statement ?? []].flat() as {
    Effect?: string;
    Principal?: unknown;
    Condition?: unknown;
  }[];
  return statements.some(
    ({ Effect: effect, Principal: principal, Condition: condition }) =>
      effect === "Allow" && condition === undefined && everyone.test(JSON.stringify({ Principal: principal })),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function made(event: TrailEvent, isExposed: boolean) {
  const detail = `${event.name} ${targetOf(event)}`.trim();
  return isExposed && event.error === undefined ? { detail } : undefined;
}

/** What costs much, and what lets the world in. */
export const exposureRules: readonly Rule[] = [
  {
    id: "gpu-launch",
    title: "Instances with accelerators were launched or asked for",
    severity: "critical",
    begin: launch(accelerated),
  },
  {
    id: "huge-launch",
    title: "Very large instances were launched or asked for",
    severity: "high",
    begin: launch(huge, accelerated),
  },
  {
    id: "public-bucket",
    title: "A bucket was opened to the world, or its guard removed",
    severity: "critical",
    begin: each((event) => {
      const { name, request } = event;
      const policy = name === "PutBucketPolicy" && isPublic(request["bucketPolicy"] ?? request["policy"]);
      const acl =
        /^Put(Bucket|Object)Acl$/.test(name) && /AllUsers|AuthenticatedUsers|public-read/.test(JSON.stringify(request));
      const guard = /^(Delete(Bucket|Account)?PublicAccessBlock)$/.test(name);
      const weakened =
        /^Put(Bucket|Account)?PublicAccessBlock$/.test(name) && [...valuesOf(request)].some((value) => value === false);
      return made(event, policy || acl || guard || weakened);
    }),
  },
  {
    id: "shared-snapshot",
    title: "A snapshot or an image was shared",
    severity: "critical",
    begin: each((event) =>
      made(
        event,
        /^Modify(DB|DBCluster)?(Snapshot|Image)Attribute$/.test(event.name) &&
          /"add"|valuesToAdd|launchPermission|createVolumePermission/i.test(JSON.stringify(event.request)) &&
          !/"remove"/.test(JSON.stringify(event.request)),
      ),
    ),
  },
  {
    id: "open-port",
    title: "A security group was opened to the world",
    severity: "high",
    begin: each((event) =>
      made(
        event,
        /^(AuthorizeSecurityGroupIngress|ModifySecurityGroupRules)$/.test(event.name) &&
          [...textsIn(event.request)].some((text) => text === "0.0.0.0/0" || text === "::/0"),
      ),
    ),
  },
  {
    id: "console-login",
    title: "A console sign-in",
    severity: "medium",
    begin: each((event) => {
      if (!/^(ConsoleLogin|GetSigninToken)$/.test(event.name)) {
        return undefined;
      }
      const failed = event.response["ConsoleLogin"] === "Failure";
      return { detail: `from ${event.address}${failed ? " (failed)" : ""}` };
    }),
  },
];

function* valuesOf(value: unknown): Generator {
  if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) yield* valuesOf(inner);
  } else {
    yield value;
  }
}
