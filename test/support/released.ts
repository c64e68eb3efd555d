import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Registration } from "../../engine/in-process/registration";
import { everything, graph, type GraphOptions, root } from "./graph";

const folder = join(root, "test", "fixtures", "released");
const project = "aws-prevention-baseline";

const seventeen =
  "us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 eu-north-1 " +
  "ap-south-1 ap-southeast-1 ap-southeast-2 ap-northeast-1 ap-northeast-2 ap-northeast-3";

/** Everything that the partition has: chat and endpoints name places of the partition `aws`. */
const elsewhere = (home: string): Record<string, unknown> => ({
  ...everything,
  "aws:region": home,
  [`${project}:alertChannel`]: { emails: ["a@example.com"] },
  [`${project}:ssmEndpoints`]: { vpcs: [{ region: home, vpcId: "vpc-0123456789abcdef0" }] },
});

/** The plans that are compared with the last release, by the name of their file. */
export const releasedPlans: Record<string, GraphOptions> = {
  "default-1-region": { regions: ["us-east-1"] },
  "default-17-regions": { regions: seventeen.split(" ") },
  "everything-1-region": { regions: ["us-east-1"], settings: everything },
  "everything-17-regions": { regions: seventeen.split(" "), settings: everything },
  "everything-govcloud": { regions: ["us-gov-west-1", "us-gov-east-1"], settings: elsewhere("us-gov-west-1") },
  "everything-china": { regions: ["cn-north-1", "cn-northwest-1"], settings: elsewhere("cn-north-1") },
};

/** Keys sorted, so that the order in which a program writes them does not count. The version is new in each release. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(canonical);
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([key]) => key !== "baseline:version");
    return Object.fromEntries(
      entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, canonical(each)]),
    );
  }
  return value;
}

const hash = (registration: Registration): string =>
  createHash("sha256")
    .update(JSON.stringify(canonical(registration)))
    .digest("hex")
    .slice(0, 16);

/** URN without the stack's and the project's name -> hash of inputs, options and dependencies. */
export async function planOf(name: string): Promise<Map<string, string>> {
  const all = await graph({ ...releasedPlans[name], preview: false });
  return new Map(all.map((each) => [each.urn.split("::").slice(2).join("::"), hash(each)]));
}

/** What {@link planOf} gave at the last release. */
export function releasedPlan(name: string): Map<string, string> {
  const lines = readFileSync(join(folder, `${name}.txt`), "utf8")
    .trim()
    .split("\n");
  return new Map(lines.map((line) => [line.slice(17), line.slice(0, 16)]));
}

export function writeReleasedPlan(name: string, plan: Map<string, string>): void {
  mkdirSync(folder, { recursive: true });
  const lines = [...plan].map(([urn, sum]) => `${sum} ${urn}`).sort((a, b) => (a.slice(17) < b.slice(17) ? -1 : 1));
  writeFileSync(join(folder, `${name}.txt`), `${lines.join("\n")}\n`);
}
