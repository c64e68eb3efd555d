import * as aws from "@pulumi/aws";
import * as v from "valibot";
import { regionPattern } from "../../../common/region-name";
import { partitionOf, supportedPartitions } from "../partition";

/** The regions the installed @pulumi/aws knows. AWS opens others before it does. */
export const knownRegions: ReadonlySet<string> = new Set(Object.values(aws.Region));

function anAwsRegion({ input }: { input: string }): string {
  const area = input.split("-")[0] ?? "";
  const near = [...knownRegions].filter((name) => name.startsWith(`${area}-`) && isSupported(name));
  return `an AWS region (${near.length > 0 ? near.join(", ") : "such as us-east-1 or eu-west-1"})`;
}

export const regionName = v.pipe(
  v.string("the name of an AWS region, such as eu-west-1"),
  v.regex(regionPattern, anAwsRegion),
);

/** Whether the baseline is made for the partition of a region. */
export function isSupported(region: string): boolean {
  return supportedPartitions.includes(partitionOf(region));
}

/** Everything of the baseline stands on the home region, so it has to be one that is known. */
export const homeRegionName = v.pipe(
  v.string("the name of an AWS region, such as eu-west-1"),
  v.check((name) => knownRegions.has(name), anAwsRegion),
  v.check(
    (name) => !knownRegions.has(name) || isSupported(name),
    (issue) => `a region of ${either(supportedPartitions)}; the partition ${partitionOf(issue.input)} is not supported`,
  ),
  v.metadata({ json: { enum: [...knownRegions].filter(isSupported) } }),
);

export const emailAddress = v.pipe(
  v.string("an e-mail address"),
  v.email("an e-mail address such as team@example.com"),
);

function iamName(maximum: number) {
  const allowed = `an IAM name: letters, digits and +=,.@_- (at most ${maximum})`;
  return v.pipe(v.string("an IAM name"), v.regex(new RegExp(`^[\\w+=,.@-]{1,${maximum}}$`), allowed));
}

/** Source: IAM and STS quotas, names: letters, digits and `+=,.@_-`, 64 characters for users and roles, 128 for groups. */
export const iamUserName = iamName(64);
export const iamRoleName = iamName(64);
export const iamGroupName = iamName(128);
export const optionalPolicyName = v.union([v.literal(""), iamName(128)], "the name of an IAM policy, or nothing");

/**
 * Short and lower case, because S3 bucket names are built from it (63 characters with account id and region). A trail's
 * name may have no two hyphens together, and some services keep the beginnings of names to themselves.
 *
 * Source: CloudTrail User Guide, "Naming requirements"; S3 User Guide, "Bucket naming rules"; EC2 API reference,
 * CreateSecurityGroup, `GroupName`.
 */
export const physicalName = v.pipe(
  v.string("a short name"),
  v.regex(
    /^(?=.{1,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    "lower-case letters, digits and single hyphens between them, starting with a letter, at most 20",
  ),
  v.regex(/^(?!(sg|xn|sthree|amzn)(-|$))/, "a name that begins with none of sg-, xn-, sthree- and amzn-"),
);

const tagName = v.pipe(
  v.string("a tag name"),
  v.regex(
    /^(?!aws:|baseline:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu,
    "a tag name of 1 to 128 characters that begins with neither aws: nor baseline:",
  ),
);

/** What each of the services takes: IAM, Budgets and others know no further signs. */
const tagValue = v.pipe(
  v.string("a text"),
  v.maxLength(256, "a text of at most 256 characters"),
  v.regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, "a text of letters, digits, spaces and _.:/=+-@"),
);

function namesIn(map: unknown): string[] {
  return typeof map === "object" && map !== null ? Object.keys(map) : [];
}

/**
 * Source: AWS General Reference, "Tagging AWS resources": at most 50; three are the baseline's own, and endpoints get a
 * `Name` besides. IAM API reference, `Tag`: what a value may hold, and that names differ in more than upper and lower case.
 */
export const tagMap = v.pipe(
  v.record(tagName, tagValue, "a map of tag names to texts"),
  whole((tags) => namesIn(tags).length <= 46, "at most 46 tags"),
  whole(
    (tags) => new Set(namesIn(tags).map((name) => name.toLowerCase())).size === namesIn(tags).length,
    "tag names that differ in more than upper and lower case",
  ),
);

/** Source: IAM User Guide, "AWS JSON policy elements: Principal"; wildcards are not for a trust policy. */
export const principalArn = v.pipe(
  v.string("an ARN"),
  v.regex(
    /^arn:[\w-]+:iam::\d{12}:(root|(user|role)\/[\w+=,.@/-]{1,512})$/,
    "the ARN of an IAM user, role or account root, such as arn:aws:iam::123456789012:user/mina",
  ),
);

/**
 * A role or user that a condition on `aws:PrincipalArn` names. Of a role it is the ARN with its path; `*` and `?` stand for
 * parts that AWS chooses, such as the end of the name of an IAM Identity Center role.
 *
 * Source: IAM User Guide, "AWS global condition context keys", `aws:PrincipalArn`.
 */
export const administratorArn = v.pipe(
  v.string("an ARN"),
  v.regex(
    /^arn:[\w-]+:iam::\d{12}:(user|role)\/(?=.*[\w+=,.@-]{3})[\w+=,.@/*?-]{1,512}$/,
    "the ARN of an IAM role or user, such as arn:aws:iam::123456789012:role/admin",
  ),
);

/** An id that EC2 gives, such as `vpc-0a1b2c3d`. */
export function awsId(kind: string) {
  const allowed = `an id such as ${kind}-0123456789abcdef0`;
  return v.pipe(v.string(allowed), v.regex(new RegExp(`^${kind}-[0-9a-z-]{4,40}$`), allowed));
}

export function text(maximum: number) {
  const allowed = `a text of at most ${maximum} characters`;
  return v.pipe(v.string(allowed), v.maxLength(maximum, allowed));
}

function either(options: readonly string[]): string {
  const [last = "", ...others] = [...options].reverse();
  return others.length > 0 ? `${others.reverse().join(", ")} or ${last}` : last;
}

export function oneOf<const Options extends [string, ...string[]]>(...options: Options) {
  return v.picklist(options, either(options));
}

/**
 * A check that is told even where a part of the value is of a wrong type, which `v.check` is not.
 *
 * @param holds gets whatever was given
 */
export function whole<Value>(holds: (value: unknown) => boolean, allowed: string) {
  return v.rawCheck<Value>(({ dataset, addIssue }) => {
    if (!holds(dataset.value)) {
      addIssue({ message: allowed });
    }
  });
}

/** No two items of a list have the same key; items whose key is undefined are left to others. */
function eachOnce<Value>(keyOf: (item: unknown) => unknown, allowed: string) {
  return whole<Value>((list) => {
    const keys = (Array.isArray(list) ? list : []).map(keyOf).filter((key) => key !== undefined);
    return new Set(keys).size === keys.length;
  }, allowed);
}

/** What stands at a path in a value of any type; undefined where there is no such thing. */
export function valueAt(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<string | number, unknown> | null | undefined)?.[key],
    value,
  );
}

/** The path to a part of `value`, for an issue that a raw check adds. */
export function pathTo(value: unknown, first: string | number, ...rest: (string | number)[]) {
  const item = (key: string | number, index: number): v.IssuePathItem => ({
    type: "unknown",
    origin: "value",
    input: valueAt(value, ...[first, ...rest].slice(0, index)),
    key,
    value: valueAt(value, ...[first, ...rest].slice(0, index + 1)),
  });
  const path: [v.IssuePathItem, ...v.IssuePathItem[]] = [
    item(first, 0),
    ...rest.map((key, index) => item(key, index + 1)),
  ];
  return path;
}

interface ListLimits {
  /** The most members there may be. They are counted before any of them is looked at. */
  atMost?: number;
  /** What no two members may have in common; undefined is left to other checks. By default the member itself. */
  key?: (item: unknown) => unknown;
  /** What is allowed, where there are two of one key. */
  once?: string;
}

/** A list in which nothing stands twice: each item becomes a resource of that name. */
export function listOf<const Item extends v.GenericSchema>(item: Item, allowed: string, limits: ListLimits = {}) {
  const { atMost = 500, key = (each: unknown) => each, once = `${allowed}, each once` } = limits;
  return v.pipe(
    v.array(v.unknown(), allowed),
    v.maxLength(atMost, `${allowed}, at most ${atMost}`),
    v.array(item, allowed),
    eachOnce(key, once),
  );
}

export function wholeNumber(minimum: number, maximum: number) {
  const allowed = `a whole number from ${minimum} to ${maximum}`;
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(minimum, allowed), v.maxValue(maximum, allowed));
}

export function nonNegative(maximum: number) {
  const allowed = `a number from 0 to ${maximum}`;
  return v.pipe(v.number(allowed), v.minValue(0, allowed), v.maxValue(maximum, allowed));
}

/** Source: CloudWatch Logs API reference, PutRetentionPolicy, `retentionInDays`. */
export const logRetentionDays = v.picklist(
  [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
  (issue) => `a period CloudWatch Logs offers: ${issue.expected.replace(/[()]/g, "").replaceAll(" | ", ", ")}`,
);
