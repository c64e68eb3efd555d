import { listOf, pages } from "../../../../aws/attempt";
import { type Asking, type Child, type ChildLook, textOf, unlessNone } from "./model";

const detectorType = "aws:guardduty/detector:Detector";
const recorderType = "aws:cfg/recorder:Recorder";
const analyzerType = "aws:accessanalyzer/analyzer:Analyzer";
const securityGroupType = "aws:ec2/securityGroup:SecurityGroup";

const filters: ChildLook = {
  what: "filters of GuardDuty",
  of: detectorType,
  actions: ["guardduty:ListFilters", "guardduty:GetFilter"],
  async find({ aws, call, region }, { id: DetectorId }) {
    const names = await listOf("FilterNames", (NextToken) =>
      call("guardduty:ListFilters", () => aws.guardduty(region).listFilters({ DetectorId, NextToken })),
    );
    const found = names.map(async (FilterName): Promise<Child[]> => {
      const filter = await call("guardduty:GetFilter", () =>
        aws.guardduty(region).getFilter({ DetectorId, FilterName }),
      );
      // The other kind is a view that somebody saved in the console.
      return filter.Action === "ARCHIVE"
        ? [
            {
              type: "aws:guardduty/filter:Filter",
              name: FilterName,
              id: `${DetectorId}:${FilterName}`,
              severity: "high",
              means: "findings that fit it are put away before anybody sees them",
              found: { action: filter.Action, findingCriteria: filter.FindingCriteria?.Criterion },
              knownAs: [DetectorId, FilterName],
            },
          ]
        : [];
    });
    return (await Promise.all(found)).flat();
  },
};

interface Trusted {
  Name?: string | undefined;
  Status?: string | undefined;
  Location?: string | undefined;
}

function trustedSets(
  what: string,
  type: string,
  [listAction, getAction]: [string, string],
  list: (
    asking: Asking,
    DetectorId: string,
    NextToken?: string,
  ) => Promise<{ ids?: string[] | undefined; next?: string | undefined }>,
  get: (asking: Asking, DetectorId: string, id: string) => Promise<Trusted>,
): ChildLook {
  return {
    what,
    of: detectorType,
    actions: [listAction, getAction],
    async find(asking, { id: DetectorId }) {
      const ids = await pages(async (token) => {
        const { ids: items, next } = await asking.call(listAction, () => list(asking, DetectorId, token));
        return { items, next };
      });
      return Promise.all(
        ids.map(async (id): Promise<Child> => {
          const { Name = id, Status, Location } = await asking.call(getAction, () => get(asking, DetectorId, id));
          const means = "GuardDuty finds nothing about the addresses and names on it";
          const found = { status: Status, location: Location };
          return {
            type,
            name: Name,
            id: `${DetectorId}:${id}`,
            severity: "high",
            means,
            found,
            knownAs: [DetectorId, Name],
          };
        }),
      );
    },
  };
}

const trustedAddresses = trustedSets(
  "trusted IP lists of GuardDuty",
  "aws:guardduty/iPSet:IPSet",
  ["guardduty:ListIPSets", "guardduty:GetIPSet"],
  async ({ aws, region }, DetectorId, NextToken) => {
    const page = await aws.guardduty(region).listIPSets({ DetectorId, ...(NextToken && { NextToken }) });
    return { ids: page.IpSetIds, next: page.NextToken };
  },
  ({ aws, region }, DetectorId, IpSetId) => aws.guardduty(region).getIPSet({ DetectorId, IpSetId }),
);

const trustedEntities = trustedSets(
  "trusted entity sets of GuardDuty",
  "aws:guardduty/trustedEntitySet:TrustedEntitySet",
  ["guardduty:ListTrustedEntitySets", "guardduty:GetTrustedEntitySet"],
  async ({ aws, region }, DetectorId, NextToken) => {
    const page = await aws.guardduty(region).listTrustedEntitySets({ DetectorId, ...(NextToken && { NextToken }) });
    return { ids: page.TrustedEntitySetIds, next: page.NextToken };
  },
  ({ aws, region }, DetectorId, TrustedEntitySetId) =>
    aws.guardduty(region).getTrustedEntitySet({ DetectorId, TrustedEntitySetId }),
);

const administrators: ChildLook = {
  what: "administrators of GuardDuty",
  of: detectorType,
  actions: ["guardduty:GetAdministratorAccount"],
  async find({ aws, call, region }, { id: DetectorId }) {
    // An account that is no member gets an error. Source: GuardDuty API Reference, GetAdministratorAccount.
    const answer = await unlessNone(
      call("guardduty:GetAdministratorAccount", () => aws.guardduty(region).getAdministratorAccount({ DetectorId })),
      "BadRequestException",
    );
    const { AccountId, RelationshipStatus } = answer?.Administrator ?? {};
    return AccountId === undefined
      ? []
      : [
          {
            type: "aws:guardduty/inviteAccepter:InviteAccepter",
            name: AccountId,
            id: `${DetectorId}:${AccountId}`,
            severity: "high",
            means: "that account decides what GuardDuty finds here and what it puts away",
            found: { administratorAccountId: AccountId, relationshipStatus: RelationshipStatus },
            knownAs: [AccountId],
          },
        ];
  },
};

const archiveRules: ChildLook = {
  what: "archive rules of analyzers",
  of: analyzerType,
  actions: ["access-analyzer:ListArchiveRules"],
  async find({ aws, call, region }, analyzer) {
    const analyzerName = textOf(analyzer, "analyzerName") ?? analyzer.id;
    const found = await listOf("archiveRules", (nextToken) =>
      call("access-analyzer:ListArchiveRules", () =>
        aws.accessanalyzer(region).listArchiveRules({ analyzerName, nextToken }),
      ),
    );
    return found.map(({ ruleName = "", filter }) => ({
      type: "aws:accessanalyzer/archiveRule:ArchiveRule",
      name: `${analyzerName} ${ruleName}`,
      id: `${analyzerName}/${ruleName}`,
      severity: "high",
      means: "findings that fit it are put away before anybody sees them",
      found: { filter },
      knownAs: [analyzerName, ruleName],
    }));
  },
};

/** Days AWS Config keeps what it recorded where nobody says otherwise, which is the most it can. */
const longest = 2557;

const retention: ChildLook = {
  what: "retention of AWS Config",
  of: recorderType,
  actions: ["config:DescribeRetentionConfigurations"],
  async find({ aws, call, region }) {
    const answer = await call("config:DescribeRetentionConfigurations", () =>
      aws.config(region).describeRetentionConfigurations({}),
    );
    const shorter = (answer.RetentionConfigurations ?? []).filter(
      (each) => (each.RetentionPeriodInDays ?? 0) < longest,
    );
    return shorter.map(({ Name = "default", RetentionPeriodInDays: days }) => ({
      type: "aws:cfg/retentionConfiguration:RetentionConfiguration",
      name: Name,
      id: `${region} ${Name}`,
      severity: "medium",
      means: "what AWS Config recorded is deleted early",
      found: { retentionPeriodInDays: days },
      knownAs: [String(days)],
    }));
  },
};

const aggregations: ChildLook = {
  what: "aggregation authorizations of AWS Config",
  of: recorderType,
  actions: ["config:DescribeAggregationAuthorizations"],
  async find({ aws, call, region }) {
    const found = await listOf("AggregationAuthorizations", (NextToken) =>
      call("config:DescribeAggregationAuthorizations", () =>
        aws.config(region).describeAggregationAuthorizations({ NextToken }),
      ),
    );
    return found.map(
      ({ AuthorizedAccountId: account = "", AuthorizedAwsRegion: to = "", AggregationAuthorizationArn }) => ({
        type: "aws:cfg/aggregateAuthorization:AggregateAuthorization",
        name: `${account} ${to}`,
        id: AggregationAuthorizationArn ?? `${region} ${account} ${to}`,
        severity: "medium",
        means: "that account reads what AWS Config records here",
        found: { authorizedAccountId: account, authorizedAwsRegion: to },
        knownAs: [account],
      }),
    );
  },
};

const groupRules: ChildLook = {
  what: "rules of security groups",
  of: securityGroupType,
  actions: ["ec2:DescribeSecurityGroupRules"],
  async find({ aws, call, region, program }, group) {
    const found = await listOf("SecurityGroupRules", (NextToken) =>
      call("ec2:DescribeSecurityGroupRules", () =>
        aws.ec2(region).describeSecurityGroupRules({
          Filters: [{ Name: "group-id", Values: [group.id] }],
          NextToken,
        }),
      ),
    );
    const declared = ["Ingress", "Egress"].flatMap((way) =>
      program.of(`aws:vpc/securityGroup${way}Rule:SecurityGroup${way}Rule`),
    );
    const ids = new Set(declared.flatMap((each) => [each.id, textOf(each, "securityGroupRuleId") ?? ""]));
    return found
      .filter(({ SecurityGroupRuleId = "" }) => !ids.has(SecurityGroupRuleId))
      .map(
        ({
          SecurityGroupRuleId = "",
          IsEgress,
          IpProtocol,
          FromPort,
          ToPort,
          CidrIpv4,
          CidrIpv6,
          ReferencedGroupInfo,
        }) => ({
          type: `aws:vpc/securityGroup${IsEgress ? "Egress" : "Ingress"}Rule:SecurityGroup${IsEgress ? "Egress" : "Ingress"}Rule`,
          name: SecurityGroupRuleId,
          id: SecurityGroupRuleId,
          severity: IsEgress ? ("low" as const) : ("medium" as const),
          means: IsEgress ? "more may be reached from there" : "more may reach the endpoints",
          found: {
            ipProtocol: IpProtocol,
            fromPort: FromPort,
            toPort: ToPort,
            from: CidrIpv4 ?? CidrIpv6 ?? ReferencedGroupInfo?.GroupId,
          },
          knownAs: [group.id],
        }),
      );
  },
};

/** What hides findings, who else reads them, and rules of security groups. */
export const detectionLooks: readonly ChildLook[] = [
  filters,
  trustedAddresses,
  trustedEntities,
  administrators,
  archiveRules,
  retention,
  aggregations,
  groupRules,
];
