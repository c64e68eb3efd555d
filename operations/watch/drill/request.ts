// Not from the settings' checks: they load all of @pulumi/aws, a second that a command without Pulumi need not take.
import { Region } from "@pulumi/aws/types/enums";
import { type AwsOptions } from "../../../aws/options";
import { shared } from "../../command";
import { badInput } from "../../../common/errors";

/** What the command line says. */
export interface DrillOptions extends AwsOptions {
  region?: string;
  regions?: string;
  prefix: string;
  topic?: string[];
  yes?: boolean;
  json?: boolean;
}

/** What to drill, with everything that was said checked. */
export interface DrillRequest {
  homeRegion: string;
  /** True when nobody said which region is home; where the rules say that it is another, that one is drilled. */
  homeIsGuessed?: boolean;
  /** Absent for every enabled region that has the rule. */
  regions?: string[];
  /** Its form is checked apart (`prefix.ts`). */
  namePrefix: string;
  /** Names of topics, in place of the alert channel's own. */
  topics?: string[];
}

/** Where a search begins when nobody says where: every region's rule leads to home. */
const GUESS = "us-east-1";

/** @throws BaselineError with exit code 2 when something cannot be meant */
export function drillRequest(options: DrillOptions, environment: NodeJS.ProcessEnv = process.env): DrillRequest {
  const homeRegion =
    [options.region, environment["AWS_REGION"], environment["AWS_DEFAULT_REGION"]].find(Boolean) ?? GUESS;
  const regions = options.regions?.split(",").map((name) => name.trim());
  const known = new Set<string>(Object.values(Region));
  const odd = [homeRegion, ...(regions ?? [])].filter((name) => !known.has(name));
  if (odd.length > 0) {
    const names = odd.map((name) => JSON.stringify(name)).join(", ");
    throw badInput("invalid-regions", `${names}: no AWS region.`, "Give names such as us-east-1,eu-west-1.");
  }
  const abroad = regions?.filter((name) => partitionOf(name) !== partitionOf(homeRegion)) ?? [];
  if (abroad.length > 0) {
    throw badInput(
      "other-partition",
      `${abroad.join(", ")}: of another AWS partition than the home region ${homeRegion}; no account is in both.`,
      "Give regions of one partition in --region and --regions.",
    );
  }
  const topics = options.topic;
  const strange = topics?.filter((name) => !/^[A-Za-z0-9_-]{1,256}$/.test(name)) ?? [];
  if (strange.length > 0) {
    const names = strange.map((name) => JSON.stringify(name)).join(", ");
    throw badInput("invalid-topic", `--topic: ${names}: no name of a topic.`, "Give the name, not the ARN.");
  }
  return {
    homeRegion,
    ...(!options.region && { homeIsGuessed: true }),
    namePrefix: options.prefix,
    ...(regions && { regions: [...new Set(regions)] }),
    ...(topics && { topics: [...new Set(topics)] }),
  };
}

/** Only a prefix of one's own is worth the second that its check takes to load. @throws BaselineError `invalid-prefix` */
export async function requireOwnPrefix(prefix: string): Promise<void> {
  if (prefix !== shared.prefix[2].default) {
    (await import("./prefix.js")).requirePrefix(prefix);
  }
}

/** Source: AWS General Reference, partitions; the names of regions begin alike in each but the commercial one. */
function partitionOf(region: string): string {
  return /^(cn-|us-gov-|(us|eu)-iso[a-z]?-|eusc-)/.exec(region)?.[0] ?? "";
}
