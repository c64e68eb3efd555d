import * as v from "valibot";
import {
  atMost,
  awsId,
  eachOnce,
  emailAddress,
  listOf,
  longestLockedRetention,
  nonNegative,
  oneOf,
  regionName,
  text,
  valueAt,
  wholeNumber,
} from "../checks";
import { disabled, enabled, group } from "./common";

const yes = v.optional(v.boolean("true or false"), true);

/** Source: chatbot API reference, SlackChannelConfiguration and TeamsChannelConfiguration, patterns of the ids. */
const slackChannel = group({
  workspaceId: v.pipe(text(20), v.regex(/^T[A-Z0-9]+$/, "a Slack workspace id such as T07EA123LEP")),
  channelId: v.pipe(text(20), v.regex(/^[CG][A-Z0-9]+$/, "a Slack channel id such as C07EZ1ABC23")),
});
const guid = v.pipe(text(64), v.uuid("an id such as 12345678-1234-1234-1234-123456789012"));
const teamsChannel = group({
  tenantId: guid,
  teamId: guid,
  channelId: v.pipe(
    text(256),
    v.regex(
      /^19[:%][\w%@.:-]+$/,
      "a Microsoft Teams channel id such as 19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2",
    ),
  ),
});

/** Ids of teams differ in more than upper and lower case. */
function lowerCase(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}

export const alertChannel = v.optional(
  group({
    emails: v.optional(listOf(emailAddress, "a list of e-mail addresses"), []),
    slack: v.optional(
      v.pipe(
        v.array(slackChannel, "a list of Slack channels"),
        eachOnce((each) => valueAt(each, "channelId"), "a list of Slack channels, each once"),
      ),
      [],
    ),
    teams: v.optional(
      v.pipe(
        v.array(teamsChannel, "a list of Microsoft Teams channels"),
        eachOnce((each) => lowerCase(valueAt(each, "teamId")), "a list with at most one channel of each team (teamId)"),
      ),
      [],
    ),
  }),
  {},
);

export const billingAlarm = v.optional(
  group({
    enabled,
    monthlyBudget: v.optional(
      v.pipe(nonNegative(100_000_000), v.minValue(1, "an amount of US dollars, 1 or more")),
      100,
    ),
    alarmPercents: v.optional(
      v.pipe(
        v.array(wholeNumber(1, 1000), "a list of percentages"),
        eachOnce((each) => each, "a list of percentages, each once"),
        // A budget takes ten notifications, and one of them is for the forecast.
        atMost(9, "at most 9 percentages"),
      ),
      [50, 100, 200],
    ),
    // Off: AWS makes the one monitor of services an account may have when Cost Explorer is first used, and with the
    // ARN of that one unknown, making ours fails ("Limit exceeded on dimensional spend monitor creation").
    costAnomalies: disabled,
    anomalyImpact: v.optional(v.pipe(nonNegative(1_000_000), v.minValue(0.01, "an amount of US dollars above 0")), 20),
    anomalyMonitorArn: v.optional(
      v.pipe(
        text(256),
        v.regex(/^$|^arn:[\w-]+:ce::\d{12}:anomalymonitor\/[\w-]+$/, "the ARN of a cost anomaly monitor, or empty"),
      ),
      "",
    ),
  }),
  {},
);

export const externalAccess = v.optional(
  group({
    enabled,
    unusedAccess: disabled,
    unusedAccessDays: v.optional(wholeNumber(1, 365), 90),
  }),
  {},
);

export const accountGuards = v.optional(
  group({
    enabled,
    blockPublicBuckets: yes,
    encryptVolumes: yes,
    blockPublicSnapshots: yes,
    blockPublicImages: yes,
    requireImdsV2: yes,
    blockPublicDocuments: yes,
    closeDefaultSecurityGroups: disabled,
  }),
  {},
);

const endpointVpc = group({
  region: regionName,
  vpcId: awsId("vpc"),
  subnetIds: v.optional(listOf(awsId("subnet"), "a list of subnet ids"), []),
  routeTableIds: v.optional(listOf(awsId("rtb"), "a list of route table ids"), []),
});

export const ssmEndpoints = v.optional(
  group({
    enabled,
    vpcs: v.optional(
      v.pipe(
        v.array(endpointVpc, "a list of VPCs"),
        eachOnce((each) => valueAt(each, "vpcId"), "a list of VPCs, each once"),
      ),
      [],
    ),
    optionalServices: v.optional(listOf(oneOf("ec2messages", "kms", "logs"), "a list of services"), []),
  }),
  {},
);

const tagText = v.pipe(text(128), v.regex(/\S/, "a text that is not blank"));

export const backup = v.optional(
  v.pipe(
    group({
      enabled: disabled,
      regions: v.optional(listOf(regionName, "a list of region names"), []),
      tagKey: v.optional(v.pipe(tagText, v.regex(/^(?!aws:)/i, "a tag name that does not begin with aws:")), "backup"),
      tagValue: v.optional(tagText, "daily"),
      retentionDays: v.optional(wholeNumber(1, 36500), 35),
      complianceLockAfterDays: v.optional(
        v.pipe(
          wholeNumber(0, 36500),
          // AWS Backup: a compliance lock cannot begin before three days have passed.
          v.check((days) => days <= 0 || days >= 3, "3 days or more, or 0 for a governance lock"),
        ),
        0,
      ),
      lockRetentionDays: v.optional(wholeNumber(0, 36500), 0),
    }),
    v.forward(
      v.partialCheck(
        [["retentionDays"], ["lockRetentionDays"]],
        ({ retentionDays, lockRetentionDays: locked }) =>
          locked === 0 || (retentionDays >= locked && retentionDays <= longestLockedRetention(locked)),
        "as many days as lockRetentionDays, or up to a year more: the lock lets in nothing else",
      ),
      ["retentionDays"],
    ),
  ),
  {},
);
