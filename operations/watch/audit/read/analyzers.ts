import { type Criterion } from "@aws-sdk/client-accessanalyzer";
import { type Call, eachPage } from "../../../../aws/attempt";
import { dated, type Place, reading } from "./place";

/**
 * Reads what IAM Access Analyzer found and nobody archived.
 *
 * @returns whether something analyses external access here; undefined when it could not be told
 */
export async function readAnalyzers(place: Place): Promise<boolean | undefined> {
  const { aws, region } = place;
  let watched: boolean | undefined;
  await reading(place, "accessAnalyzer", async (call) => {
    const page = async (nextToken?: string) => {
      const answer = await call("access-analyzer:ListAnalyzers", () =>
        aws.accessanalyzer(region).listAnalyzers({ nextToken }),
      );
      return { items: answer.analyzers, next: answer.nextToken };
    };
    let external = false;
    for await (const analyzers of eachPage(page)) {
      for (const { arn, type = "" } of analyzers.filter(({ status }) => status === "ACTIVE")) {
        const ofStrangers = /^(ACCOUNT|ORGANIZATION)$/.test(type);
        external ||= ofStrangers;
        await readFindings(place, call, arn ?? "", ofStrangers);
      }
    }
    watched = external;
  });
  return watched;
}

async function readFindings(place: Place, call: Call, analyzerArn: string, ofStrangers: boolean): Promise<void> {
  const open = new Set<string>();
  // The list does not say which are public; asked for those, it gives them.
  if (ofStrangers) {
    for await (const findings of list(place, call, analyzerArn, { isPublic: { eq: ["true"] } })) {
      findings.forEach(({ id = "" }) => open.add(id));
    }
  }
  for await (const findings of list(place, call, analyzerArn, {})) {
    for (const each of findings) {
      place.see("exposure", {
        analyzerArn,
        region: place.region,
        findingId: each.id ?? "",
        resource: each.resource ?? "",
        resourceType: each.resourceType ?? "",
        type: each.findingType ?? "ExternalAccess",
        isPublic: open.has(each.id ?? ""),
        ...dated("since", each.createdAt),
      });
    }
  }
}

function list({ aws, region }: Place, call: Call, analyzerArn: string, more: Record<string, Criterion>) {
  const filter: Record<string, Criterion> = { status: { eq: ["ACTIVE"] }, ...more };
  return eachPage(async (nextToken?: string) => {
    const answer = await call("access-analyzer:ListFindingsV2", () =>
      aws.accessanalyzer(region).listFindingsV2({ analyzerArn, filter, nextToken }),
    );
    return { items: answer.findings, next: answer.nextToken };
  });
}
