import { leakEventCodes } from "../../../../components/leak-response/leak-patterns";

/** An event with all the fields that EventBridge wants to compare one with a pattern. Source: API, TestEventPattern. */
export interface SampleEvent {
  id: string;
  account: string;
  source: string;
  time: string;
  region: string;
  resources: string[];
  "detail-type": string;
  detail: object;
}

// Looks like a key's id and is nobody's; AWS's documentation uses it.
const nobodysKey = "AKIAIOSFODNN7EXAMPLE";

/** AWS Health says that a key is public, once for each of its codes. Source: AWS Health User Guide, EventBridge schema. */
export function healthSamples(account: string, region: string, now: Date): SampleEvent[] {
  return leakEventCodes.map((eventTypeCode) => ({
    ...envelope(account, region, now),
    source: "aws.health",
    "detail-type": "AWS Health Event",
    detail: {
      eventArn: `arn:aws:health:${region}::event/RISK/${eventTypeCode}/${eventTypeCode}_1`,
      service: "RISK",
      eventTypeCode,
      eventTypeCategory: "issue",
      eventScopeCode: "ACCOUNT_SPECIFIC",
      affectedAccount: account,
      affectedEntities: [{ entityValue: nobodysKey }],
    },
  }));
}

/** GuardDuty sees credentials of an instance elsewhere. Source: GuardDuty User Guide, "IAM finding types". */
export function findingSample(account: string, region: string, now: Date): SampleEvent {
  return {
    ...envelope(account, region, now),
    source: "aws.guardduty",
    "detail-type": "GuardDuty Finding",
    detail: {
      type: "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",
      severity: 8,
      resource: {
        resourceType: "AccessKey",
        accessKeyDetails: { accessKeyId: nobodysKey, userName: "nobody", userType: "IAMUser" },
      },
    },
  };
}

function envelope(account: string, region: string, now: Date) {
  return { version: "0", id: "drill", account, region, time: `${now.toISOString().slice(0, 19)}Z`, resources: [] };
}
