import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";

export interface FakeAccount {
  endpoint: string;
  /** Actions that were asked, with how often. */
  asked: Map<string, number>;
  /** Resolves once an action was asked. */
  askedFor(action: string): Promise<void>;
  close(): Promise<void>;
}

export interface FakeAccountOptions {
  users: number;
  /** Every so manieth user has an access key, and it is years old. Default: 10. */
  keyEvery?: number;
  /** Of the credential report. Default: all. */
  reportBytes?: number;
  /** Actions that get no answer. */
  silent?: readonly string[];
}

const columns =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation," +
  "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region," +
  "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date," +
  "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active," +
  "cert_2_last_rotated";
const created = "2020-01-01T00:00:00+00:00";
const PAGE = 500;
const analyzerArn = "arn:aws:access-analyzer:us-east-1:111122223333:analyzer/own";

/**
 * An account of any size behind AWS's protocols, with answers as AWS's API references have them: IAM's report and
 * details in pages, and IAM Access Analyzer, which the emulator lacks. One region; what it has not is empty.
 */
export async function fakeAccount(options: FakeAccountOptions): Promise<FakeAccount> {
  const asked = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  const noProfile = "<Error><Code>NoSuchEntity</Code><Message>No login profile.</Message></Error>";
  const report = Buffer.from(credentialReport(options)).subarray(0, options.reportBytes).toString("base64");
  const server = createServer((request, response) => {
    void body(request).then((text) => {
      const query = new URLSearchParams(text);
      const path = request.url ?? "";
      const action = query.get("Action") ?? (path === "/" ? String(request.headers["x-amz-target"]) : path);
      asked.set(action, (asked.get(action) ?? 0) + 1);
      waiting.get(action)?.();
      if (options.silent?.includes(action)) {
        return;
      }
      if (action === "GetLoginProfile") {
        response.writeHead(404, { "content-type": "text/xml" });
        response.end(`<ErrorResponse>${noProfile}</ErrorResponse>`);
        return;
      }
      const xml = answers[action]?.(query, options, report);
      if (xml !== undefined) {
        response.writeHead(200, { "content-type": "text/xml" });
        const ec2 = action.startsWith("Describe");
        const result = ec2 ? xml : `<${action}Result>${xml}</${action}Result>`;
        response.end(`<${action}Response>${result}</${action}Response>`);
        return;
      }
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(jsonAnswer(action, text)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    askedFor: (action) =>
      asked.has(action) ? Promise.resolve() : new Promise((resolve) => waiting.set(action, resolve)),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function hasKey(number: number, { keyEvery = 10 }: FakeAccountOptions): boolean {
  return number % keyEvery === 0;
}

function credentialReport(options: FakeAccountOptions): string {
  const rows = Array.from({ length: options.users }, (_, n) => {
    const key = hasKey(n, options) ? `true,${created},N/A,N/A,N/A` : "false,N/A,N/A,N/A,N/A";
    return `u${n},arn:aws:iam::111122223333:user/u${n},${created},false,N/A,N/A,N/A,true,${key},false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`;
  });
  const root = `<root_account>,arn:aws:iam::111122223333:root,${created},not_supported,N/A,N/A,N/A,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`;
  return [columns, root, ...rows].join("\n");
}

type Answer = (query: URLSearchParams, options: FakeAccountOptions, report: string) => string;

const answers: Record<string, Answer> = {
  GetCallerIdentity: () =>
    "<Arn>arn:aws:iam::111122223333:user/auditor</Arn><UserId>AIDA</UserId><Account>111122223333</Account>",
  GenerateCredentialReport: () => "<State>COMPLETE</State>",
  GetCredentialReport: (_, __, report) =>
    `<Content>${report}</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>2026-11-22T00:00:00Z</GeneratedTime>`,
  GetAccountSummary: (_, { users }) =>
    `<SummaryMap>${entry("Users", users)}${entry("AccountMFAEnabled", 1)}${entry("AccountAccessKeysPresent", 0)}</SummaryMap>`,
  GetAccountPasswordPolicy: () =>
    "<PasswordPolicy><MinimumPasswordLength>14</MinimumPasswordLength><PasswordReusePrevention>24</PasswordReusePrevention>" +
    "<RequireSymbols>true</RequireSymbols><RequireNumbers>true</RequireNumbers>" +
    "<RequireUppercaseCharacters>true</RequireUppercaseCharacters>" +
    "<RequireLowercaseCharacters>true</RequireLowercaseCharacters></PasswordPolicy>",
  GetAccountAuthorizationDetails: (query, { users }) => {
    if (query.get("Filter.member.1") === "Group") {
      const all = encodeURIComponent(
        JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }] }),
      );
      const policy = `<GroupPolicyList><member><PolicyName>read</PolicyName><PolicyDocument>${all}</PolicyDocument></member></GroupPolicyList>`;
      return `<GroupDetailList><member><GroupName>readers</GroupName>${policy}<AttachedManagedPolicies/></member></GroupDetailList><IsTruncated>false</IsTruncated>`;
    }
    const from = Number(query.get("Marker") ?? 0);
    const members = Array.from({ length: Math.min(PAGE, users - from) }, (_, n) => {
      const name = `u${from + n}`;
      return `<member><UserName>${name}</UserName><Path>/</Path><Arn>arn:aws:iam::111122223333:user/${name}</Arn><GroupList><member>readers</member></GroupList><AttachedManagedPolicies/></member>`;
    });
    const next = from + PAGE;
    const more =
      next < users ? `<IsTruncated>true</IsTruncated><Marker>${next}</Marker>` : "<IsTruncated>false</IsTruncated>";
    return `<UserDetailList>${members.join("")}</UserDetailList>${more}`;
  },
  ListAccessKeys: (query) => {
    const number = query.get("UserName")!.slice(1).padStart(8, "0");
    return `<AccessKeyMetadata><member><UserName>u${number}</UserName><AccessKeyId>AKIAFAKE${number}</AccessKeyId><Status>Active</Status><CreateDate>${created}</CreateDate></member></AccessKeyMetadata><IsTruncated>false</IsTruncated>`;
  },
  ListUsers: (query, { users }) => {
    const from = Number(query.get("Marker") ?? 0);
    const members = Array.from({ length: Math.min(PAGE, users - from) }, (_, n) => {
      const name = `u${from + n}`;
      return `<member><UserName>${name}</UserName><Path>/</Path><Arn>arn:aws:iam::111122223333:user/${name}</Arn><CreateDate>${created}</CreateDate></member>`;
    });
    const next = from + PAGE;
    const more =
      next < users ? `<IsTruncated>true</IsTruncated><Marker>${next}</Marker>` : "<IsTruncated>false</IsTruncated>";
    return `<Users>${members.join("")}</Users>${more}`;
  },
  ListMFADevices: (query) => `<MFADevices><member><UserName>${query.get("UserName")}</UserName></member></MFADevices>`,
  GetAccessKeyLastUsed: () =>
    "<AccessKeyLastUsed><Region>N/A</Region><ServiceName>N/A</ServiceName></AccessKeyLastUsed>",
  DescribeRegions: () => "<regionInfo><item><regionName>us-east-1</regionName></item></regionInfo>",
  DescribeSecurityGroups: () => "<securityGroupInfo/>",
  DescribeInstances: () => "<reservationSet/>",
};

function entry(key: string, value: number): string {
  return `<entry><key>${key}</key><value>${value}</value></entry>`;
}

// Source: IAM Access Analyzer API Reference, ListAnalyzers and ListFindingsV2, whose filter tells public ones apart.
function jsonAnswer(action: string, text: string): object {
  if (action.startsWith("/analyzer")) {
    return { analyzers: [{ arn: analyzerArn, name: "own", type: "ACCOUNT", status: "ACTIVE", createdAt: created }] };
  }
  if (action.startsWith("/findingv2")) {
    const open = (JSON.parse(text) as { filter: object }).filter;
    const found = (id: string, resource: string) => ({
      ...{ id, resource, resourceType: "AWS::S3::Bucket", findingType: "ExternalAccess", status: "ACTIVE" },
      ...{ createdAt: created, analyzedAt: created, updatedAt: created, resourceOwnerAccount: "111122223333" },
    });
    const everyone = found("f-public", "arn:aws:s3:::open-to-all");
    return { findings: "isPublic" in open ? [everyone] : [everyone, found("f-partner", "arn:aws:s3:::partner")] };
  }
  return { SecretList: [] };
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
