import { type TrailEvent } from "../events/record";
import { type Made, type ThingKind } from "./model";
import { notLookedUp } from "./not-looked-up";

type Part = Pick<Made, "kind" | "id"> & Partial<Pick<Made, "of" | "cost">>;
/** Without an id when the record lacks it; `none` when the call made nothing. */
type Reading = (request: Values, response: Values) => Part[] | "none";
type Values = Readonly<Record<string, unknown>>;

/**
 * What each call makes, by the names in its record. A record writes members with a small letter in front. Services have
 * calls of the same name: what AWS Transfer's CreateUser makes is no user of IAM.
 *
 * Source: CloudTrail records of the calls; EC2, IAM, Lambda and S3 API References.
 */
const readings: Readonly<Record<string, Reading>> = {
  "ec2:RunInstances": (_, response) =>
    items(response["instancesSet"]).map((each) => ({
      ...thing("instance", each["instanceId"]),
      cost: text(each["instanceType"]),
    })),
  "iam:CreateUser": (request) => [thing("user", request["userName"])],
  "iam:CreateAccessKey": (request, response) => {
    const key = inside(response["accessKey"]);
    return [{ ...thing("access key", key["accessKeyId"]), of: text(key["userName"]) || text(request["userName"]) }];
  },
  "iam:CreateLoginProfile": (request) => [thing("console password", request["userName"])],
  "iam:UpdateLoginProfile": (request) => [thing("console password", request["userName"])],
  "iam:CreateRole": (request) => [thing("role", request["roleName"])],
  "iam:UpdateAssumeRolePolicy": (request) => [thing("trust of role", request["roleName"])],
  "iam:CreatePolicy": (_, response) => [thing("policy", inside(response["policy"])["arn"])],
  "iam:CreatePolicyVersion": (request) => [thing("policy", request["policyArn"])],
  "iam:AttachUserPolicy": (request) => [permissions(request["policyArn"], "user", request["userName"])],
  "iam:AttachRolePolicy": (request) => [permissions(request["policyArn"], "role", request["roleName"])],
  "iam:AttachGroupPolicy": (request) => [permissions(request["policyArn"], "group", request["groupName"])],
  "iam:PutUserPolicy": (request) => [permissions(request["policyName"], "user", request["userName"])],
  "iam:PutRolePolicy": (request) => [permissions(request["policyName"], "role", request["roleName"])],
  "iam:PutGroupPolicy": (request) => [permissions(request["policyName"], "group", request["groupName"])],
  "lambda:CreateFunction": (request) => [{ ...thing("function", request["functionName"]), cost: "calls and run time" }],
  "lambda:UpdateFunctionCode": (request) => [
    { ...thing("function", request["functionName"]), cost: "calls and run time" },
  ],
  "s3:CreateBucket": (request) => [{ ...thing("bucket", request["bucketName"]), cost: "storage and transfer" }],
  "ec2:ModifySnapshotAttribute": (request) =>
    JSON.stringify(request).includes('"add"') ? [thing("shared snapshot", request["snapshotId"])] : "none",
  "ec2:ModifyImageAttribute": (request) =>
    JSON.stringify(request).includes('"add"') ? [thing("shared image", request["imageId"])] : "none",
  "ec2:CreateSecurityGroup": (_, response) => [thing("security group", response["groupId"])],
  "ec2:AuthorizeSecurityGroupIngress": (request) => [thing("open port", request["groupId"])],
  "ec2:CreateKeyPair": (request) => [thing("key pair", request["keyName"])],
  "ec2:ImportKeyPair": (request) => [thing("key pair", request["keyName"])],
};

/**
 * What an event made; nothing for what failed, or makes nothing. What nobody can look for, and what has no name in its
 * record, is there as kind `other`: nothing that was made is silently absent.
 */
export function madeBy(event: TrailEvent): Made[] {
  if (event.error !== undefined) {
    return [];
  }
  const { region, time, name, who: by, accessKeyId } = event;
  const parts = readings[`${event.service}:${name}`]?.(event.request, event.response) ?? [];
  if (parts === "none") {
    return [];
  }
  if (parts.length === 0 || parts.some(({ id }) => id === "")) {
    const other = notLookedUp(event);
    return other ? [other] : [];
  }
  return parts.map((part) => ({ ...part, region, time, event: name, by, accessKeyId }));
}

/** Most things that are looked after; past that, somebody made them by a program, and cleans up by one. */
const MOST = 5000;

/** What a stream of events made, once each, as first made. */
export async function allMade(events: AsyncIterable<TrailEvent>): Promise<{ made: Made[]; tooMany: boolean }> {
  const made = new Map<string, Made>();
  let tooMany = false;
  for await (const event of events) {
    for (const thing of madeBy(event)) {
      const key = keyOf(thing);
      const known = made.get(key);
      if (known?.kind === "other") known.more = (known.more ?? 0) + 1;
      if (made.size < MOST) made.set(key, known ?? thing);
      else tooMany ||= !known;
    }
  }
  return { made: [...made.values()], tooMany };
}

/** What nobody looks for one by one is one for each call and region: a program makes thousands. */
function keyOf({ kind, id, of, region, what }: Made): string {
  return (kind === "other" ? [kind, what, region] : [kind, id, of, region]).join("\n");
}

function thing(kind: ThingKind, id: unknown): Part {
  return { kind, id: text(id) };
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
