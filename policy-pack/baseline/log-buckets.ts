import { grants, resourcePolicy, type Setting } from "../policies/s3-public-settings";
import { type Finding } from "../policies/types";
import { isUnknown, type Located, property, word } from "../values";
import { broken, cannotTell, type Demand, type Guard, isOurs, judge, nameOf, type Subject } from "./guard";

const logComponent = /baseline:index:(?:LogBucket|AuditTrail|ConfigRecording)\b/;
const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
const publicAcls = ["public-read", "public-read-write", "authenticated-read"];

/** How sure it is that a bucket holds evidence. A name that merely sounds so is a reason to say so, not to refuse. */
function logBucket(inputs: Located, subject: Subject): "surely" | "maybe" | "no" {
  const bucket = property(inputs, "bucket");
  const name = nameOf(subject, bucket);
  const rest = isOurs(subject, bucket) ? name.slice(subject.settings.namePrefix.length + 1) : undefined;
  if (logComponent.test(subject.resource.urn) || /^(?:trail|access-logs|config)-/.test(rest ?? "")) return "surely";
  if (/cloud-?trail/i.test(name)) return "surely";
  return /(?:^|[-_.])(?:audit|trail)-?(?:logs?|bucket|archive)?(?:$|[-_.])/i.test(name) ? "maybe" : "no";
}

const guard = (type: string, findings: (inputs: Located) => Finding[]): Guard => ({
  type,
  findings: (inputs, subject) => {
    const is = logBucket(inputs, subject);
    if (is === "no") return [];
    return findings(inputs).map((each) => (is === "maybe" ? { ...each, level: "advisory" as const } : each));
  },
});

const destroyable: Demand = {
  name: "forceDestroy",
  wrong: ["true", "1"],
  absentIs: "right",
  message: "A log bucket can be destroyed with everything in it.",
  why: "forceDestroy is true: one `pulumi destroy` deletes the evidence.",
  fix: "leave forceDestroy out, and protect the bucket.",
};

const acl: Demand = {
  name: "acl",
  wrong: publicAcls,
  absentIs: "right",
  message: "A log bucket is readable by strangers.",
  why: "its ACL is a public one.",
  fix: "leave acl out.",
};

const granted = grants(["grants"], "uri");
const grantedByPolicy = grants(["accessControlPolicy", "grants"], "grantee", "uri");

/** What makes any bucket public, said of one that holds evidence. */
function notPublic(inputs: Located, settings: readonly Setting[]): Finding[] {
  const fix = "name the services and principals that write and read the logs.";
  return settings
    .flatMap((read) => read(inputs))
    .map(({ certainty, path, witness }) =>
      certainty === "unknown"
        ? cannotTell(path, fix)
        : broken("A log bucket is open to strangers.", path, witness, fix),
    );
}

/** Every flag in one finding: together they are one setting. */
function block(inputs: Located): Finding[] {
  const all = flags.map((name) => property(inputs, name));
  const fix = "set all four flags to true.";
  const open = all.filter(({ value }) => !isUnknown(value) && word(value) !== "true");
  if (open.length > 0) {
    const witness = `${open.length === 1 ? "it is" : "they are"} not true, and the default is false.`;
    const path = open.map((each) => each.path).join(", ");
    return [broken("A log bucket may be made public.", path, witness, fix)];
  }
  return all
    .filter(({ value }) => isUnknown(value))
    .slice(0, 1)
    .map(({ path }) => cannotTell(path, fix));
}

function versioning(inputs: Located): Finding[] {
  const status = property(property(inputs, "versioningConfiguration"), "status");
  const fix = "set status to Enabled.";
  if (isUnknown(property(inputs, "versioningConfiguration").value) || isUnknown(status.value)) {
    return [cannotTell(status.path, fix)];
  }
  const witness = "without versions an overwritten or deleted log file is gone.";
  return word(status.value) === "enabled" ? [] : [broken("A log bucket keeps no versions.", status.path, witness, fix)];
}

/** Buckets that hold evidence: they may be neither public nor easy to destroy. */
export const logBucketGuards: readonly Guard[] = [
  ...["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"].map((type) =>
    guard(type, (inputs) => [
      ...[destroyable, acl].flatMap((demand) => judge(inputs, demand)),
      ...notPublic(inputs, [granted, resourcePolicy("policy")]),
    ]),
  ),
  guard("aws:s3/bucketAcl:BucketAcl", (inputs) => [...judge(inputs, acl), ...notPublic(inputs, [grantedByPolicy])]),
  guard("aws:s3/bucketPolicy:BucketPolicy", (inputs) => notPublic(inputs, [resourcePolicy("policy")])),
  guard("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", block),
  guard("aws:s3/bucketVersioning:BucketVersioning", versioning),
];
