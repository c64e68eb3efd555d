import { type TrailEvent } from "../trail-events/record";
import { type Made, type ThingKind } from "./model";

type Part = Pick<Made, "kind" | "id"> & Partial<Pick<Made, "of" | "cost">>;
type Reading = (request: Values, response: Values) => Part[];
type Values = Readonly<Record<string, unknown>>;

/**
 * What each call makes, by the names in its record. A record writes members with a small letter in front.
 *
 * Source: CloudTrail records of the calls; EC2, IAM, Lambda and S3 API References.
 */
const readings: Readonly<Record<string, Reading>> = {
  RunInstances: (_, response) =>
    items(response["instancesSet"]).map((each) => ({
      ...thing("instance", each["instanceId"]),
      cost: text(each["instanceType"]),
    })),
  CreateUser: (request) => [thing("user", request["userName"])],
  CreateAccessKey: (request, response) => {
    const key = inside(response["accessKey"]);
    return [{ ...thing("access key", key["accessKeyId"]), of: text(key["userName"]) || text(request["userName"]) }];
  },
  CreateLoginProfile: (request) => [thing("console password", request["userName"])],
  UpdateLoginProfile: (request) => [thing("console password", request["userName"])],
  CreateRole: (request) => [thing("role", request["roleName"])],
  UpdateAssumeRolePolicy: (request) => [thing("trust of role", request["roleName"])],
  CreatePolicy: (_, response) => [thing("policy", inside(response["policy"])["arn"])],
  CreatePolicyVersion: (request) => [thing("policy", request["policyArn"])],
  AttachUserPolicy: (request) => [permissions(request["policyArn"], "user", request["userName"])],
  AttachRolePolicy: (request) => [permissions(request["policyArn"], "role", request["roleName"])],
  AttachGroupPolicy: (request) => [permissions(request["policyArn"], "group", request["groupName"])],
  PutUserPolicy: (request) => [permissions(request["policyName"], "user", request["userName"])],
  PutRolePolicy: (request) => [permissions(request["policyName"], "role", request["roleName"])],
  PutGroupPolicy: (request) => [permissions(request["policyName"], "group", request["groupName"])],
  CreateFunction: (request) => [{ ...thing("function", request["functionName"]), cost: "calls and run time" }],
  UpdateFunctionCode: (request) => [{ ...thing("function", request["functionName"]), cost: "calls and run time" }],
  CreateBucket: (request) => [{ ...thing("bucket", request["bucketName"]), cost: "storage and transfer" }],
  ModifySnapshotAttribute: (request) =>
    JSON.stringify(request).includes('"add"') ? [thing("shared snapshot", request["snapshotId"])] : [],
  ModifyImageAttribute: (request) =>
    JSON.stringify(request).includes('"add"') ? [thing("shared image", request["imageId"])] : [],
  CreateSecurityGroup: (_, response) => [thing("security group", response["groupId"])],
  AuthorizeSecurityGroupIngress: (request) => [thing("open port", request["groupId"])],
  CreateKeyPair: (request) => [thing("key pair", request["keyName"])],
  ImportKeyPair: (request) => [thing("key pair", request["keyName"])],
  CreateAutoScalingGroup: (request) => [launcher(request["autoScalingGroupName"], "Auto Scaling group")],
  CreateFleet: (_, response) => [
    launcher(inside(response["CreateFleetResponse"])["fleetId"] ?? response["fleetId"], "EC2 fleet"),
  ],
  RequestSpotFleet: (_, response) => [launcher(response["spotFleetRequestId"], "Spot fleet")],
  CreateCluster: (request) => [launcher(request["clusterName"] ?? request["name"], "cluster")],
  CreateNotebookInstance: (request) => [launcher(request["notebookInstanceName"], "SageMaker notebook")],
};

/** What an event made; nothing for what failed, or makes nothing. */
export function madeBy(event: TrailEvent): Made[] {
  const reading = readings[event.name];
  if (reading === undefined || event.error !== undefined) {
    return [];
  }
  const { region, time, name, who: by, accessKeyId } = event;
  return reading(event.request, event.response)
    .filter(({ id }) => id !== "")
    .map((part) => ({ ...part, region, time, event: name, by, accessKeyId }));
}

/** Most things that are looked after; past that, somebody made them by a program, and cleans up by one. */
const MOST = 5000;

/** What a stream of events made, once each, as first made. */
export async function allMade(events: AsyncIterable<TrailEvent>): Promise<{ made: Made[]; tooMany: boolean }> {
  const made = new Map<string, Made>();
  let tooMany = false;
  for await (const event of events) {
    for (const thing of madeBy(event)) {
      const key = [thing.kind, thing.id, thing.of, thing.region].join("\n");
      if (made.size < MOST) made.set(key, made.get(key) ?? thing);
      else tooMany ||= !made.has(key);
    }
  }
  return { made: [...made.values()], tooMany };
}

function thing(kind: ThingKind, id: unknown): Part {
  return { kind, id: text(id) };
}

function launcher(id: unknown, what: string): Part {
  return { ...thing("launcher", id), of: what, cost: "instances it launches" };
}

function permissions(id: unknown, kind: string, owner: unknown): Part {
  return { ...thing("permissions", id), of: `${kind}/${text(owner)}` };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function inside(value: unknown): Values {
  return typeof value === "object" && value !== null ? (value as Values) : {};
}

function items(value: unknown): Values[] {
  const list = inside(value)["items"];
  return Array.isArray(list) ? list.map(inside) : [];
}
