import { healthRegions } from "./leak-patterns";
import { leakNames } from "./leak-names";
import { globalRegion, partitionOf } from "../foundation/partition";
import { type AwsClients } from "../../aws/clients";
import { unlessGone } from "../../aws/errors";
import { mayAnswer, mayBegin, meantMode } from "./verify-rights";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Is there something that answers a leaked key, may it, and does the news of one find its way there? */
export async function verify(scope: Omit<VerifyScope, "aws"> & { aws: AwsClients }): Promise<Evidence[]> {
  const { aws, accountId, homeRegion, regions, namePrefix } = scope;
  const partition = partitionOf(homeRegion);
  const names = leakNames({ namePrefix, partition, accountId, region: homeRegion });
  const lookUp = aws.sfn(homeRegion).describeStateMachine({ stateMachineArn: names.machineArn });
  const machine = await unlessGone(lookUp, "StateMachineDoesNotExist");
  const mode = machine?.definition?.includes("iam:updateAccessKey") ? "contain" : "notify";
  const answer: Evidence =
    machine === undefined
      ? { holds: false, region: homeRegion, says: `nothing answers a leaked key: there is no ${names.machine}` }
      : {
          holds: machine.status === "ACTIVE",
          region: homeRegion,
          says: `a leaked key is ${mode === "contain" ? "deactivated and " : ""}told (${names.machine} ${machine.status})`,
        };
  const rights = [...(machine === undefined ? [] : [await mayAnswer(aws, names, mode)]), await mayBegin(aws, names)];
  const meant = await meantMode(aws, names, mode);
  const { health, quarantine, guardduty, forwarded } = names.rules;
  const watched = [
    ...healthRegions(partition, regions).map((region) => ({ rule: health, events: "leaks AWS sees", region })),
    { rule: quarantine, events: "quarantines", region: globalRegion(partition) },
    ...regions.map((region) => ({ rule: guardduty, events: "findings about keys", region })),
    { rule: forwarded, events: "leaks of other regions", region: homeRegion, bus: names.bus },
  ];
  const ways = watched.map(async ({ rule, events, region, bus }: Watched): Promise<Evidence> => {
    const machineArn = names.machineArnIn(region);
    // In `contain` each region answers by itself what its own services can be asked about.
    const here = region === homeRegion || (meant === "contain" && rule !== quarantine);
    const goal = here ? machineArn : names.busArn;
    const bridge = aws.events(region);
    const found = await unlessGone(bridge.describeRule({ Name: rule, EventBusName: bus }), "ResourceNotFound");
    if (found === undefined) {
      return { holds: false, region, says: `${events} go unanswered: there is no rule ${rule}` };
    }
    if (here && region !== homeRegion) {
      const there = aws.sfn(region).describeStateMachine({ stateMachineArn: machineArn });
      if ((await unlessGone(there, "StateMachineDoesNotExist"))?.status !== "ACTIVE") {
        return { holds: false, region, says: `${events} go unanswered: there is no ${names.machine}` };
      }
    }
    const { Targets: targets = [] } = await bridge.listTargetsByRule({ Rule: rule, EventBusName: bus });
    const arrives = targets.some(({ Arn }) => Arn === goal);
    const where = arrives ? goal.split(":").slice(5).join(":") : targets.map(({ Arn }) => Arn).join() || "nothing";
    return {
      holds: found.State === "ENABLED" && arrives,
      region,
      says: `${events} go to ${where} (rule ${found.State})`,
    };
  });
  return [answer, ...rights, ...(await Promise.all(ways))];
}

interface Watched {
  rule: string;
  events: string;
  region: string;
  bus?: string;
}
