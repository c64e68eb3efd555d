import { type Finding } from "@aws-sdk/client-guardduty";
import { limiter } from "../../../common/limit";
import { listOf } from "../../../aws/attempt";
import { type Looks } from "./look";
import { type Subject } from "../subject";

/** What GuardDuty says about somebody. */
export interface CredentialFinding {
  region: string;
  type: string;
  /** 1 to 10; from 7 on high. Source: GuardDuty User Guide, "Severity levels". */
  severity: number;
  title: string;
  count: number;
  lastSeen: string;
  archived: boolean;
}

// GetFindings takes 50 at a time.
const AT_ONCE = 50;
const parallel = limiter(12);

/** GuardDuty's findings about a user, a role or a key, in every region; the worst first. Regions without it have none. */
export async function findingsAbout(looks: Looks, subject: Subject, regions: readonly string[]) {
  const perRegion = await Promise.all(regions.map((region) => parallel(() => inRegion(looks, subject, region))));
  const watched = perRegion.filter((each) => each !== undefined && each !== "off").length;
  const findings = perRegion.flatMap((each) => (each === undefined || each === "off" ? [] : each));
  return { watched, regions: regions.length, findings: findings.sort((a, b) => b.severity - a.severity) };
}

async function inRegion(
  looks: Looks,
  subject: Subject,
  region: string,
): Promise<CredentialFinding[] | "off" | undefined> {
  const guardduty = looks.aws.guardduty(region);
  const detectors = await looks.part("guardduty:ListDetectors", () => guardduty.listDetectors({}), region);
  const DetectorId = detectors?.DetectorIds?.[0];
  if (DetectorId === undefined) {
    return detectors && "off";
  }
  const ids = await Promise.all(
    criteriaOf(subject).map((Criterion) =>
      looks.part(
        "guardduty:ListFindings",
        () =>
          listOf("FindingIds", (NextToken) =>
            guardduty.listFindings({ DetectorId, FindingCriteria: { Criterion }, NextToken }),
          ),
        region,
      ),
    ),
  );
  const all = [...new Set(ids.flatMap((each) => each ?? []))];
  const groups = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) =>
    all.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
  const found = await Promise.all(
    groups.map((FindingIds) =>
      looks.part("guardduty:GetFindings", () => guardduty.getFindings({ DetectorId, FindingIds }), region),
    ),
  );
  return found.flatMap((each) => each?.Findings?.map((finding) => told(finding, region)) ?? []);
}

// The members of a criterion hold together; findings of either kind are wanted. Source: GuardDuty API Reference, ListFindings.
function criteriaOf({ name, key }: Subject) {
  const byName = { "resource.accessKeyDetails.userName": { Equals: [name] } };
  return key === undefined ? [byName] : [byName, { "resource.accessKeyDetails.accessKeyId": { Equals: [key] } }];
}

function told({ Type = "", Severity = 0, Title = "", Service }: Finding, region: string): CredentialFinding {
  return {
    region,
    type: Type,
    severity: Severity,
    title: Title,
    count: Service?.Count ?? 1,
    lastSeen: Service?.EventLastSeen ?? "",
    archived: Service?.Archived ?? false,
  };
}
