import { type AnswerShape } from "./answer-shape";

/** An answer as it came over the network. */
export interface RawAnswer {
  /** Id of the protocol, such as `aws.protocols#awsQuery`. */
  protocol: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** Bytes that are looked at from the start and from the end of a body. */
const EDGE = 1024;

/**
 * What keeps bytes from being an answer of AWS, in words; undefined when they are one. An answer that succeeded is one
 * whole document of the protocol; one that failed has an error code. An error of the server (5xx) may look as it likes:
 * nobody takes it for an answer.
 *
 * Source: Smithy, "AWS query", "EC2 query", "JSON", "RPC v2 CBOR", "REST XML" and "REST JSON" protocols.
 */
export function problemOfAnswer(
  { protocol, status, headers, body }: RawAnswer,
  shape: AnswerShape,
): string | undefined {
  if (status >= 500) {
    return undefined;
  }
  const start = Buffer.from(body.subarray(0, EDGE)).toString("latin1").trim();
  const end = Buffer.from(body.subarray(-EDGE)).toString("latin1").trim();
  if (status >= 300) {
    return hasCode(headers, body) ? undefined : `status ${status} without an error code of AWS`;
  }
  if (start === "") {
    // Only XML protocols by name answer with a document where there is nothing to say.
    return shape.hasDocument || isQuery(protocol) ? "an empty answer" : undefined;
  }
  if (isQuery(protocol)) {
    const root = `${shape.operation}Response`;
    if (holdsError(start, root)) {
      return `an error inside of a ${root}`;
    }
    return isWhole(start, end, root) ? undefined : `an answer that is no whole ${root}`;
  }
  if (protocol.endsWith("restXml")) {
    if (!shape.hasDocument) {
      return "an answer that should have no body";
    }
    if (/^<html[\s>]/i.test(start)) {
      return "a page of HTML";
    }
    // What is no XML is a document of another kind, such as a bucket's policy.
    return !start.startsWith("<") || isWhole(start, end) ? undefined : "an answer that ends early";
  }
  if (/json/i.test(protocol)) {
    return start.startsWith("{") && end.endsWith("}") ? undefined : "an answer that is no whole JSON object";
  }
  return undefined;
}

function isQuery(protocol: string): boolean {
  return protocol.endsWith("awsQuery") || protocol.endsWith("ec2Query");
}

/** Whether an error stands in the answer to a query, where its result belongs. */
function holdsError(start: string, root: string): boolean {
  return new RegExp(`<${root}(?:\\s[^<>]*)?>\\s*<Errors?[\\s/>]`).test(start);
}

function isWhole(start: string, end: string, root = "[\\w.:-]+"): boolean {
  const opened = new RegExp(`^\\uFEFF?(?:ï»¿)?(?:<\\?xml[^>]*\\?>)?\\s*<(${root})[\\s/>]`).exec(start)?.[1];
  return opened !== undefined && (end.endsWith(`</${opened}>`) || new RegExp(`<${opened}[^<>]*/>$`).test(end));
}

/** Where AWS writes the code of an error: a header, an element of XML, a member of JSON or CBOR. */
function hasCode(headers: Readonly<Record<string, string>>, body: Uint8Array): boolean {
  const names = Object.keys(headers).map((each) => each.toLowerCase());
  return (
    names.includes("x-amzn-errortype") ||
    names.includes("x-amzn-query-error") ||
    /<Code>[^<]+<\/Code>|"(?:__type|code|Code)"\s*:|__type/.test(
      Buffer.from(body.subarray(0, 64 * EDGE)).toString("latin1"),
    )
  );
}

/** Lists that AWS leaves out where they are empty, by operation. */
const mayLack: Readonly<Record<string, string>> = {
  // Budgets writes no empty lists (awslabs, "fixes the error when there is no budgets found").
  DescribeBudgets: "Budgets",
  DescribeNotificationsForBudget: "Notifications",
  DescribeSubscribersForNotification: "Subscribers",
  // S3 says by no element at all that a bucket is in us-east-1, has no versioning, is not logged, and notifies nobody.
  GetBucketLocation: "",
  GetBucketVersioning: "",
  GetBucketLogging: "",
  GetBucketNotificationConfiguration: "",
  // An account without an administrator, a topic without a policy, a log group without a transformer
  // (terraform-provider-aws takes an answer without them for "none").
  GetAdministratorAccount: "Administrator",
  GetDataProtectionPolicy: "DataProtectionPolicy",
  GetTransformer: "transformerConfig",
};

/**
 * What the items of an answer always have, by operation and member: without it somebody would pass for one who may do
 * nothing, or an account for one without regions. A list that is named without names has at least one item.
 *
 * Source: IAM and EC2 API references; IAM writes these lists where they are empty. CloudTrail's model requires
 * `FieldSelectors`.
 */
const itemsHave: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  DescribeRegions: { Regions: [] },
  GetAccountAuthorizationDetails: {
    UserDetailList: ["AttachedManagedPolicies"],
    RoleDetailList: ["AttachedManagedPolicies"],
    GroupDetailList: ["AttachedManagedPolicies"],
  },
  GetEventSelectors: { AdvancedEventSelectors: ["FieldSelectors"] },
  GetAccountSummary: { SummaryMap: ["AccountMFAEnabled", "AccountAccessKeysPresent"] },
  GetPolicyVersion: { PolicyVersion: ["Document"] },
  ListAccessKeys: { AccessKeyMetadata: ["AccessKeyId", "Status"] },
  ListAttachedGroupPolicies: { AttachedPolicies: ["PolicyArn"] },
  ListAttachedRolePolicies: { AttachedPolicies: ["PolicyArn"] },
  ListAttachedUserPolicies: { AttachedPolicies: ["PolicyArn"] },
};

function lackInItems(found: Record<string, unknown>, operation: string): string | undefined {
  for (const [member, names] of Object.entries(itemsHave[operation] ?? {})) {
    const items = [found[member] ?? []].flat() as Record<string, unknown>[];
    if (names.length === 0 && items.length === 0) {
      return `an item of ${member}`;
    }
    const lacking = names.find((name) => items.some((item) => item[name] === undefined || item[name] === null));
    if (lacking !== undefined) {
      return `${lacking} in ${member}`;
    }
  }
  return undefined;
}

// Of these, an answer that says nothing at all is none.
const saying = /^(List|Describe|Lookup|Get|Create|Publish|Send|Start|Stop|Terminate)/;
const tokens = /^(((next|previous)_?)?(token|marker|position)|IsTruncated|Truncated|HasMore|FailedEntryCount)$/i;

/**
 * What an answer lacks that every answer to the operation has, in words; undefined when it lacks nothing. An empty list
 * is there: all protocols write it (`<Users/>`, `"Users": []`).
 *
 * Lists inside of items (the rules of a security group, the tags of a user) are required only where `itemsHave` names
 * them. AWS's models require very few: of those that the baseline decides by, the field selectors of a trail. What was cut
 * off never gets here: its document does not end with the root's end (`problemOfAnswer`).
 *
 * @param output as the SDK made it of the answer
 */
export function lackIn(output: object, { operation, members, lists, required }: AnswerShape): string | undefined {
  const found = output as Record<string, unknown>;
  const lacks = (name: string) => found[name] === undefined || found[name] === null;
  // A page that says that there is more, and not where, is a list that was cut off.
  if (["IsTruncated", "Truncated"].some((each) => found[each] === true)) {
    const next = members.filter((each) => /(token|marker)$/i.test(each));
    const of = next.filter((each) => each.startsWith("Next"));
    if ((of.length > 0 ? of : next).every(lacks)) {
      return of[0] ?? next[0] ?? "the next page's token";
    }
  }
  if (operation in mayLack) {
    return undefined;
  }
  const missing = required.find(lacks);
  if (missing !== undefined) {
    return missing;
  }
  const inItems = lackInItems(found, operation);
  if (inItems !== undefined) {
    return inItems;
  }
  if (members.length > 0 && saying.test(operation) && members.every(lacks)) {
    return lists[0] ?? members[0];
  }
  // Describe is the name of lists (DescribeSecurityGroups) and of single things (DescribeStateMachine). A single thing has
  // other members, and leaves out lists that do not concern it.
  const isList =
    /^(List|Lookup|Describe\w+Attribute$)/.test(operation) ||
    members.every((each) => lists.includes(each) || tokens.test(each));
  return isList && required.length === 0 && lists.length > 0 && lists.every(lacks) ? lists[0] : undefined;
}
