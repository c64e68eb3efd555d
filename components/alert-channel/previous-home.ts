import * as pulumi from "@pulumi/pulumi";
import { BaselineError, ExitCode } from "../../common/errors";
import { channelNames } from "./channel-policies";
import { lastOutputs, lastResources, type OwnResource } from "../foundation/own-state";
import { type BaselineSettings } from "../foundation/settings/model";

/** Where a stack has its alert topic, which every stack of the baseline has, and what its names begin with. */
interface Home {
  topicArn: string;
  region: string;
  namePrefix: string;
}

/**
 * Compares the settings with what the stack has already. Another home region is refused while its alerts stand: topics,
 * aliases and rules of both homes have the same names, so that what is deleted last would take the new ones with it.
 * Another prefix is possible, and comes with a warning, because it replaces nearly everything.
 *
 * @returns what the stack has already, where it matters to the program: where something is to be imported, and where names
 *   change. An update that failed leaves no outputs, so that the names may be changing then too
 * @throws BaselineError `home-region-moves`
 */
export async function requireSameHome({ homeRegion, namePrefix, adopt }: BaselineSettings): Promise<OwnResource[]> {
  const before = homeOf(await lastOutputs());
  const isKnown = before?.namePrefix === namePrefix && Object.keys(adopt.import).length === 0;
  if (isKnown && before.region === homeRegion) {
    return [];
  }
  const resources = await lastResources();
  if (before !== undefined && stands(before, resources)) {
    await requireHomeOf(before, homeRegion, namePrefix);
  }
  return isKnown ? [] : resources;
}

async function requireHomeOf(before: Home, homeRegion: string, namePrefix: string): Promise<void> {
  if (before.region !== homeRegion) {
    throw new BaselineError(
      "home-region-moves",
      `The stack is at home in ${before.region}, and the settings say ${homeRegion}. Nothing was done, because its alerts cannot be in both at a time.`,
      "Set homeRegion back; or move it as docs/moving.md says, which leaves the evidence where it is.",
      ExitCode.badInput,
    );
  }
  if (before.namePrefix !== namePrefix) {
    await pulumi.log.warn(
      `The names of this stack begin with ${before.namePrefix}, and the settings say ${namePrefix}: nearly everything is replaced. docs/moving.md says what happens, and what to do when Pulumi says that a resource is protected.`,
    );
  }
}

function homeOf(outputs: Record<string, unknown>): Home | undefined {
  const topicArn = outputs["alertTopicArn"];
  const [, partition = "", , region = "", accountId = "", topic = ""] =
    typeof topicArn === "string" ? topicArn.split(":") : [];
  const suffix = channelNames("", partition, accountId, region).topic;
  return typeof topicArn === "string" && topic.endsWith(suffix)
    ? { topicArn, region, namePrefix: topic.slice(0, -suffix.length) }
    : undefined;
}

/** Outputs outlive the resources: a `destroy` that leaves what is protected leaves them too. */
function stands({ topicArn }: Home, resources: readonly OwnResource[]): boolean {
  return resources.some(({ outputs }) => outputs?.["arn"] === topicArn);
}
