import { nameIn } from "../foundation/adoption";
import { control, ControlScope } from "../foundation/control";
import { changed, gone, touched } from "../foundation/drift";
import { guardiansOf } from "../foundation/evidence/guardians";
import { placementOf } from "../foundation/placement";
import { AuditTrail } from "./audit-trail";
import { auditTrailSettings } from "./settings";

export const auditTrail = control({
  id: "AuditTrail",
  title: "Every API call in every region is on record, and tampering with the record shows",
  scope: ControlScope.account,
  stops: "An intruder working in a region nobody looks at, or covering tracks by editing the logs.",
  answers: [
    "CIS 5.0 3.1",
    "CIS 5.0 3.2",
    "CIS 5.0 3.4",
    "CIS 5.0 3.5",
    "CIS 5.0 3.6",
    "CIS 7.0 4.1",
    "CIS 7.0 4.2",
    "CIS 7.0 4.4",
    "CIS 7.0 4.5",
    "CIS 7.0 4.6",
    "Security Hub CloudTrail.1",
    "Security Hub CloudTrail.2",
    "Security Hub CloudTrail.4",
    "Security Hub CloudTrail.5",
    "Security Hub CloudTrail.6",
    "Security Hub CloudTrail.7",
  ],
  cost: "first trail's management events are free; S3 and CloudWatch Logs storage and ingestion, one KMS key, and Insights or data events if switched on",
  settings: auditTrailSettings,
  place: ({ settings, ...at }) => {
    const adopted = settings.adopt.import[`${at.name}-trail`];
    const trailName = adopted === undefined ? {} : { trailName: nameIn(adopted) };
    const args = { ...placementOf(at), ...settings.auditTrail, ...guardiansOf(settings), ...trailName };
    const trail = new AuditTrail(at.name, args, at.child);
    at.outputs.trailArn = trail.trailArn;
    at.outputs.trailBucket = trail.bucketName;
    return trail;
  },
  drift: [
    gone("Trail", "critical", "nothing the account does is recorded"),
    changed("Trail", "critical", "nothing the account does is recorded", /^enableLogging/),
    changed(
      "Trail",
      "critical",
      "most of what is done goes unrecorded",
      /^(isMultiRegionTrail|includeGlobalServiceEvents)/,
    ),
    changed("Trail", "critical", "some of what is done goes unrecorded", /^(eventSelectors|advancedEventSelectors)/),
    changed("Trail", "critical", "the record goes somewhere else", /^s3BucketName/),
    changed(
      "Trail",
      "high",
      "the record can be read, forged or missed",
      /^(kmsKeyId|enableLogFileValidation|cloudWatchLogs\w+)/,
    ),
    gone("Bucket", "critical", "the record and what was in it are gone"),
    touched("BucketPolicy", "critical", "who may write and read the record is open"),
    touched("BucketPublicAccessBlock", "critical", "the record can be made public"),
    touched("BucketObjectLockConfiguration", "critical", "the record can be deleted"),
    touched("BucketLifecycleConfiguration", "high", "the record may be deleted early"),
    touched("LogGroup", "high", "alarms on the trail see nothing"),
  ],
});
