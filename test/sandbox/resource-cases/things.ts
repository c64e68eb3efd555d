import { type Case, document, REGION, trust } from "./case";

/** What several cases need first. */
type Before = NonNullable<Case["before"]>;

export const withBucket: Before = async (make) => ({
  bucket: (await make("aws:s3/bucket:Bucket", { region: REGION, bucket: "evidence" })).id,
});

export const withTopic: Before = async (make) => ({
  arn: (await make("aws:sns/topic:Topic", { region: REGION, name: "alerts" })).id,
});

export const withRule: Before = async (make, clients) => ({
  ...(await withTopic(make, clients)),
  rule: (
    await make("aws:cloudwatch/eventRule:EventRule", {
      region: REGION,
      name: "signals",
      eventPattern: '{"source":["aws.iam"]}',
    })
  ).id,
});

export const withGroup: Before = async (make) => ({
  group: (await make("aws:iam/group:Group", { name: "mfa" })).id,
  policyArn: (await make("aws:iam/policy:Policy", { name: "mfa", policy: document("iam:GetUser") })).id,
});

export const withRole: Before = async (make, clients) => ({
  ...(await withGroup(make, clients)),
  role: (await make("aws:iam/role:Role", { name: "trail", assumeRolePolicy: trust("cloudtrail.amazonaws.com") })).id,
});

export const withUser: Before = async (make, clients) => {
  await clients
    .iam()
    .createUser({ UserName: "mina" })
    .catch(() => undefined);
  await make("aws:iam/group:Group", { name: "others" });
  return { ...(await withGroup(make, clients)), user: "mina" };
};

export const withVpc: Before = async (_make, clients) => ({
  vpcId: (await clients.ec2(REGION).describeVpcs({})).Vpcs?.[0]?.VpcId,
});
