import { type AwsClients } from "../../../aws/clients";
import { limiter } from "../../../common/limit";
import { ask, awsErrorName } from "../../../aws/ask";
import { endsSurvey, problemOf } from "../../../aws/problem";
import { instancesIn } from "./instances";
import { goneNames, looks } from "./looks";
import { type Found, type Made } from "./model";

/** Enough to keep the regions busy; IAM throttles beyond it. */
const parallel = 8;

/**
 * Which of the things made still exist, and the instances launched in the window by whomever, in every region. What
 * cannot be told is `unknown` or stands in `problems`, and spoils nothing else.
 *
 * @throws BaselineError `no-credentials`, `credentials-expired`: nothing more can be told then
 */
export async function findMade(
  aws: AwsClients,
  made: readonly Made[],
  { regions, since, signal }: { regions: readonly string[]; since: Date; signal?: AbortSignal },
): Promise<{ found: Found[]; problems: string[] }> {
  const limit = limiter(parallel);
  const problems: string[] = [];
  const inRegion = async (region: string): Promise<Found[]> => {
    const launched = made.filter((each) => each.kind === "instance" && each.region === region);
    try {
      signal?.throwIfAborted();
      return await limit(() => instancesIn(aws, region, launched, since));
    } catch (error) {
      const reason = whyNot(error, "ec2:DescribeInstances", region, signal);
      problems.push(reason);
      return launched.map((each) => ({ ...each, state: "unknown", detail: reason }));
    }
  };
  const others = made.filter(({ kind, region }) => kind !== "instance" || !regions.includes(region));
  const found = await Promise.all([
    ...regions.map(inRegion),
    ...others.map((each) => limit(async () => [await one(aws, each, signal)])),
  ]);
  return { found: found.flat(), problems };
}

async function one(aws: AwsClients, made: Made, signal?: AbortSignal): Promise<Found> {
  const known = looks[made.kind];
  if (known === undefined) {
    return { ...made, state: "unknown", detail: "not looked up" };
  }
  const [action, look] = known;
  try {
    signal?.throwIfAborted();
    const seen = await ask(action, made.region, () => look(aws, made));
    return seen === undefined
      ? { ...made, state: "gone", detail: "gone" }
      : { ...made, state: "exists", ...(typeof seen === "string" ? { detail: seen } : seen) };
  } catch (error) {
    if (goneNames.test(awsErrorName(error))) {
      return { ...made, state: "gone", detail: "gone" };
    }
    return { ...made, state: "unknown", detail: whyNot(error, action, made.region, signal) };
  }
}

function whyNot(error: unknown, action: string, region: string, signal?: AbortSignal): string {
  if (endsSurvey(error)) {
    throw error;
  }
  return signal?.aborted ? "Stopped before it was looked for." : problemOf("trails", region, action, error).reason;
}
