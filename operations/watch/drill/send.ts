import { chatTemplate } from "../../../components/alert-channel/chat-message";
import { drillEvent, drillRuleName } from "../../../components/alert-channel/drill-event";
import { ask } from "../../../aws/ask";
import { attempt, lost } from "./attempt";
import { type AwsClients } from "../../../aws/clients";
import { DrillPath, type PathReport, type TopicReport } from "./report";

/** What all messages of a drill have in common. */
export interface Drill {
  /** Stands in every message: the time of the drill, ISO 8601 in UTC, to the second. */
  id: string;
  accountId: string;
  namePrefix: string;
}

export const calm = "Nothing has happened. Somebody ran `baseline drill` to see that alerts reach you.";

/** Straight to a topic. To a topic for chat in the form chat applications show. */
export async function publish(clients: AwsClients, drill: Drill, topic: TopicReport): Promise<PathReport> {
  const { name, region, arn } = topic;
  const title = `DRILL of the alert channel in account ${drill.accountId}, topic ${name} in ${region}`;
  const lines = [calm, "", `Drill: ${drill.id}`];
  const forChat = name.endsWith("-chat-alerts");
  return attempt(DrillPath.publish, region, name, async () => {
    await ask("sns:Publish", region, () =>
      clients.sns(region).publish({
        TopicArn: arn,
        Subject: `DRILL: alerts of AWS account ${drill.accountId}`,
        Message: forChat ? chatTemplate(title, lines) : [`${title}:`, "", ...lines].join("\n"),
      }),
    );
    return "";
  });
}

/** An event of our own on a region's bus. Where nothing would catch it AWS takes it all the same: it is not sent there. */
export async function putEvent(
  clients: AwsClients,
  drill: Drill,
  { region, problem }: { region: string; problem?: string },
): Promise<PathReport> {
  const events = clients.events(region);
  return attempt(DrillPath.event, region, drillRuleName(drill.namePrefix), async () => {
    if (problem !== undefined) {
      throw lost(problem);
    }
    const { FailedEntryCount = 0, Entries = [] } = await ask("events:PutEvents", region, () =>
      events.putEvents({
        Entries: [
          {
            Source: drillEvent.source,
            DetailType: drillEvent.detailType,
            // The one value of ours that a message may show: EventBridge takes nothing but a time for it.
            Time: new Date(drill.id),
            Detail: JSON.stringify({ drill: drill.id, region, says: calm }),
          },
        ],
      }),
    );
    if (FailedEntryCount > 0) {
      throw lost(Entries[0]?.ErrorMessage ?? "EventBridge did not take the event");
    }
    return "";
  });
}
