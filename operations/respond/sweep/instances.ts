import { type Instance } from "@aws-sdk/client-ec2";
import { type AwsClients } from "../../../aws/clients";
import { ask } from "../../../aws/ask";
import { eachPage } from "../../../aws/attempt";
import { type Found, type Made } from "./model";

/** Most instances told of one region that no event accounts for. */
const UNATTRIBUTED = 500;

/**
 * A region's instances: those that events say were launched, and all others launched in the window, because a launch by
 * another identity (or through a service) is in no event of this one.
 *
 * @throws what `ask` throws
 */
export async function instancesIn(
  aws: AwsClients,
  region: string,
  made: readonly Made[],
  since: Date,
): Promise<Found[]> {
  const wanted = new Map(made.map((each) => [each.id, each]));
  const found: Found[] = [];
  let others = 0;
  // Pages of all instances: asking for ids that are gone is an error in AWS.
  for await (const reservations of eachPage(async (token) => {
    const answer = await ask("ec2:DescribeInstances", region, () =>
      aws.ec2(region).describeInstances({ MaxResults: 1000, ...(token !== undefined && { NextToken: token }) }),
    );
    return { items: answer.Reservations, next: answer.NextToken };
  })) {
    for (const instance of reservations.flatMap(({ Instances: list = [] }) => list)) {
      const known = wanted.get(instance.InstanceId ?? "");
      wanted.delete(instance.InstanceId ?? "");
      if (known) {
        found.push(stateOf(instance, known));
      } else if ((instance.LaunchTime ?? new Date(0)) >= since && !isOver(instance) && others < UNATTRIBUTED) {
        others += 1;
        found.push({ ...stateOf(instance, unattributed(instance, region)), unattributed: true });
      }
    }
  }
  const gone = [...wanted.values()].map((each): Found => ({ ...each, state: "gone", detail: "gone" }));
  return [...found, ...gone];
}

function isOver({ State: state }: Instance): boolean {
  return state?.Name === "terminated" || state?.Name === "shutting-down";
}

function stateOf(instance: Instance, made: Made): Found {
  const { State: state, InstanceType: type = "" } = instance;
  const group = groupOf(instance);
  const untouched = whyNotStopped(instance);
  return {
    ...made,
    cost: type,
    state: isOver(instance) ? "gone" : "exists",
    detail: state?.Name ?? "unknown",
    ...(untouched !== undefined && { untouched }),
    ...(group !== undefined && { group }),
  };
}

/** Source: EC2 User Guide, "Stop and start Amazon EC2 instances"; Auto Scaling User Guide, health checks. */
function whyNotStopped(instance: Instance): string | undefined {
  const { RootDeviceType: root, InstanceLifecycle: lifecycle } = instance;
  const group = groupOf(instance);
  if (group !== undefined) {
    return `belongs to Auto Scaling group ${group}, which would terminate it and launch another: suspend the group's processes first`;
  }
  if (lifecycle === "spot") {
    return "a Spot instance of a one-time request cannot be stopped: take a snapshot, then decide";
  }
  return root === "instance-store"
    ? "its disk is an instance store, which nothing keeps: it cannot be stopped"
    : undefined;
}

function groupOf({ Tags: tags = [] }: Instance): string | undefined {
  return tags.find(({ Key: key }) => key === "aws:autoscaling:groupName")?.Value;
}

function unattributed({ InstanceId: id = "", LaunchTime: time, KeyName: key }: Instance, region: string): Made {
  const began = (time ?? new Date(0)).toISOString();
  return {
    kind: "instance",
    id,
    region,
    time: began,
    event: "launched in the window",
    by: "",
    accessKeyId: "",
    ...(key !== undefined && { of: `key pair ${key}` }),
  };
}
