import { type AwsClients } from "../../aws/clients";
import { BaselineError } from "../../common/errors";
import { timelineRequest } from "./timeline/request";
import { regionsOf } from "../../aws/regions-to-ask";
import { type Looks } from "./triage/look";
import { type RespondOptions } from "./request";

/** The regions a step asks: those named, else every enabled one, else the one at home, and why stands in the problems. */
export async function regionsToAsk(looks: Looks, options: RespondOptions): Promise<readonly string[]> {
  const { regions } = timelineRequest(options);
  if (regions) {
    return regions;
  }
  const found = await looks.part("ec2:DescribeRegions", () => regionsOf(looks.aws));
  return found?.enabled ?? [looks.aws.defaultRegion];
}

/** Where CloudTrail is asked whose a session's key is: STS's own region first. Without a list of regions, only there. */
export async function regionsOfKeys(aws: AwsClients, options: RespondOptions): Promise<string[]> {
  const home = [aws.defaultRegion, "us-east-1"];
  const { regions = await enabled(aws) } = timelineRequest(options);
  return [...new Set([...home, ...regions])];
}

async function enabled(aws: AwsClients): Promise<string[]> {
  try {
    return (await regionsOf(aws)).enabled;
  } catch (error) {
    if (error instanceof BaselineError && error.code === "access-denied") {
      return [];
    }
    throw error;
  }
}
