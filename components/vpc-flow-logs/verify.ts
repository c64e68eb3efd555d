import { type FlowLog } from "@aws-sdk/client-ec2";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Has every VPC a flow log that works, and where there is one of ours, is it as we made it? */
export async function verify(scope: VerifyScope): Promise<Evidence[]> {
  const perRegion = await Promise.all(scope.regions.map((region) => flowLogsOf(scope, region)));
  const own = perRegion.flatMap(({ region, logs }) => logs.filter(isOurs).map((log) => ({ region, log })));
  if (own.length === 0) {
    return [{ holds: true, neutral: true, says: "switched off" }];
  }
  return own.map(({ region, log }) => evidenceOf(region, log));
}

async function flowLogsOf({ aws }: VerifyScope, region: string): Promise<{ region: string; logs: FlowLog[] }> {
  const logs: FlowLog[] = [];
  let NextToken: string | undefined;
  do {
    const page = await aws.ec2(region).describeFlowLogs({ NextToken });
    logs.push(...(page.FlowLogs ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return { region, logs };
}

function isOurs({ Tags = [] }: FlowLog): boolean {
  return Tags.some(({ Key, Value }) => Key === "baseline:control" && Value === "VpcFlowLogs");
}

function evidenceOf(region: string, log: FlowLog): Evidence {
  const { ResourceId, FlowLogStatus, TrafficType, DeliverLogsStatus, DeliverLogsErrorMessage } = log;
  const goal = log.LogGroupName ?? log.LogDestination ?? "nowhere";
  // AWS has no delivery status until the first records are delivered.
  const isDelivered = DeliverLogsStatus !== "FAILED";
  return {
    holds: FlowLogStatus === "ACTIVE" && isDelivered,
    region,
    says: `${ResourceId}: ${TrafficType} to ${goal}, ${FlowLogStatus}${isDelivered ? "" : `, not delivered: ${DeliverLogsErrorMessage ?? "unknown reason"}`}`,
  };
}
