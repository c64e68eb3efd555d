import * as v from "valibot";
import { emailAddress, listOf, text, valueAt } from "../foundation/settings/checks";
import { homeOf, itemsAt } from "../foundation/settings/places";
import { controlSettings, explained, group, setting } from "../foundation/settings/setting";

/** Source: chatbot API reference, SlackChannelConfiguration and TeamsChannelConfiguration, patterns of the ids. */
const slackChannel = group(
  {
    workspaceId: explained(
      v.pipe(text(20), v.regex(/^T[A-Z0-9]+$/, "a Slack workspace id such as T07EA123LEP")),
      "Such as T07EA123LEP.",
    ),
    channelId: explained(
      v.pipe(text(20), v.regex(/^[CG][A-Z0-9]+$/, "a Slack channel id such as C07EZ1ABC23")),
      "Such as C07EZ1ABC23.",
    ),
  },
  "SlackChannel",
);
const guid = v.pipe(text(64), v.uuid("an id such as 12345678-1234-1234-1234-123456789012"));
const teamsChannel = group(
  {
    tenantId: guid,
    teamId: guid,
    channelId: v.pipe(
      text(256),
      v.regex(
        /^19[:%][\w%@.:-]+$/,
        "a Microsoft Teams channel id such as 19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2",
      ),
    ),
  },
  "TeamsChannel",
);

/** Ids of teams differ in more than upper and lower case. */
function lowerCase(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}

const authorised = "was authorised once in the console of Amazon Q Developer in chat applications";

export const alertChannelSettings = controlSettings(
  "alertChannel",
  "Whom the alerts reach.",
  group({
    emails: setting(
      listOf(emailAddress, "a list of e-mail addresses"),
      [],
      "Mailboxes that get the alerts. Each must confirm once, from a mail AWS sends.",
      { example: ["security@example.com"] },
    ),
    slack: setting(
      listOf(slackChannel, "a list of Slack channels", { key: (each) => valueAt(each, "channelId") }),
      [],
      `Slack channels, by workspaceId and channelId. The workspace ${authorised}.`,
    ),
    teams: setting(
      listOf(teamsChannel, "a list of Microsoft Teams channels", {
        key: (each) => lowerCase(valueAt(each, "teamId")),
        once: "a list with at most one channel of each team (teamId)",
      }),
      [],
      `Microsoft Teams channels, by tenantId, teamId and channelId. The team ${authorised}.`,
    ),
  }),
  (settings, tell) => {
    const partition = homeOf(settings)?.partition ?? "aws";
    for (const kind of partition === "aws" ? [] : ["slack", "teams"]) {
      if (itemsAt(settings, "alertChannel", kind).length > 0) {
        tell(
          ["alertChannel", kind],
          `none, since Amazon Q Developer in chat applications is not in the partition ${partition}`,
        );
      }
    }
  },
);
