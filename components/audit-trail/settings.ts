import * as v from "valibot";
import { listOf, logRetentionDays, oneOf, wholeNumber } from "../foundation/settings/checks";
import { controlSettings, disabled, enabled, group, setting } from "../foundation/settings/setting";

export const auditTrailSettings = controlSettings(
  "auditTrail",
  "The record of every API call.",
  v.pipe(
    group({
      enabled: enabled(),
      logGroupRetentionDays: setting(
        logRetentionDays,
        365,
        "Days the CloudWatch log group keeps events; one of the periods CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60, 90, " +
          "120, 150, 180, 365, 400, 545, 731 and longer ones.",
      ),
      archiveAfterDays: setting(
        wholeNumber(0, 3650),
        90,
        "Days until log files in S3 move to Glacier Instant Retrieval; 0 = never.",
      ),
      expireAfterDays: setting(wholeNumber(0, 36500), 2555, "Days until log files expire; 0 = never."),
      objectLockDays: setting(
        wholeNumber(0, 36500),
        0,
        "Days of Object Lock in compliance mode, within which nobody, not even root, can delete a log file; 0 = no lock.",
      ),
      insights: disabled("CloudTrail Insights on call and error rate. Billed per 100,000 events analysed."),
      dataEvents: setting(
        listOf(oneOf("AWS::S3::Object", "AWS::Lambda::Function", "AWS::DynamoDB::Table"), "a list of resource types"),
        [],
        "Resource types whose data events are logged: AWS::S3::Object, AWS::Lambda::Function, AWS::DynamoDB::Table. " +
          "Billed per 100,000 events.",
      ),
    }),
    v.forward(
      // S3: the days of an expiration must be more than those of a transition.
      v.partialCheck(
        [["archiveAfterDays"], ["expireAfterDays"]],
        ({ archiveAfterDays, expireAfterDays }) => expireAfterDays === 0 || expireAfterDays > archiveAfterDays,
        "more days than archiveAfterDays, or 0 for never",
      ),
      ["expireAfterDays"],
    ),
  ),
);
