import { awsCommand } from "../../../../common/command";
import { daysSince, limits } from "../model";
import { cis, days, rule, securityHub } from "./rule";

export const secretUnused = rule({
  id: "secret-unused",
  title: `Secret unused for more than ${limits.secretUnused} days`,
  severity: "medium",
  references: [securityHub("SecretsManager.3")],
  why: "A secret that nobody needs can still be read.",
  on: "secret",
  part: "secrets",
  judge: ({ name, arn, region, owner, createdAt, lastUsedAt }, now) => {
    const ageDays = daysSince(lastUsedAt ?? createdAt, now);
    return ageDays !== undefined && ageDays > limits.secretUnused
      ? [
          {
            who: owner ?? "account",
            resource: `secret/${name}`,
            arn,
            region,
            ageDays,
            evidence: lastUsedAt
              ? `Last read ${days(ageDays)} ago.`
              : `Never read since it was made ${days(ageDays)} ago.`,
            fix: awsCommand("secretsmanager", "delete-secret", {
              region,
              "secret-id": arn,
              "recovery-window-in-days": 30,
            }),
          },
        ]
      : [];
  },
});

export const instanceImdsV1 = rule({
  id: "instance-imdsv1",
  title: "Instance answers IMDSv1",
  severity: "high",
  references: [cis("6.7"), securityHub("EC2.8")],
  why: "One forged request is enough to take the credentials of its role.",
  on: "instance",
  part: "instances",
  judge: ({ id, region, owner, launchedAt, metadata, profileArn }, now) => {
    const ageDays = daysSince(launchedAt, now);
    return metadata === "v1"
      ? [
          {
            who: owner ?? "account",
            resource: id,
            region,
            ...(profileArn === undefined && { severity: "medium" as const }),
            ...(ageDays !== undefined && { ageDays }),
            evidence: `The metadata service answers requests without a session token${profileArn ? "; the instance has a role" : ""}.`,
            fix: awsCommand("ec2", "modify-instance-metadata-options", {
              region,
              "instance-id": id,
              "http-tokens": "required",
              "http-endpoint": "enabled",
            }),
          },
        ]
      : [];
  },
});

export const instanceWithoutRole = rule({
  id: "instance-without-role",
  title: "Instance without a role",
  severity: "low",
  references: [cis("2.16")],
  why: "What runs on it and needs AWS has a long-lived key in a file.",
  on: "instance",
  part: "instances",
  judge: ({ id, region, owner, launchedAt, profileArn }, now) => {
    const ageDays = daysSince(launchedAt, now);
    return profileArn === undefined
      ? [
          {
            who: owner ?? "account",
            resource: id,
            region,
            ...(ageDays !== undefined && { ageDays }),
            evidence: "No instance profile; if it calls AWS, it does so with an access key.",
            fix: awsCommand("ec2", "associate-iam-instance-profile", {
              region,
              "instance-id": id,
              "iam-instance-profile": "Name=<profile>",
            }),
          },
        ]
      : [];
  },
});
