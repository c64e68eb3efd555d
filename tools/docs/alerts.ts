import { baselineCommand } from "../../common/command";
import { iamAlerts } from "../../components/iam-alerts/iam-alerts";
import { trailAlarmIds } from "../../components/trail-alarms/trail-alarm-ids";
import { trailAlarmTexts } from "../../components/trail-alarms/trail-alarm-texts";

/** What to do first. Order and reasons: AWS customer playbook framework, "Compromised IAM credentials". */
const firstMoves: Record<keyof typeof iamAlerts, string> = {
  quarantine:
    "A key is public. Deactivate the user's keys (do not delete them), leave the policy on, look at what they did, read AWS's case in Support.",
  "iam-change":
    "Ask whoever is named. If nobody knows of it: deactivate the key or revoke the role's sessions, undo the change, see what else was done.",
  "sign-in": "Ask the owner. If it was nobody: change the password, and for root the e-mail address's too; then MFA.",
  "detection-change":
    "Cut the caller off, then `pulumi up` puts back what is gone. An error code in the first line says it was refused.",
};

/** What raises an alert, and what to look at first, for whoever is woken by it. */
export function alertsDocument(generated: string): string {
  const row = (...cells: string[]) => `| ${cells.join(" | ")} |`;
  return [
    "# Alerts",
    "",
    generated,
    "",
    "What can wake you, and what to do first. Names begin with `namePrefix`. Whoever acts must not use the identity that is",
    "under suspicion: AWS's quarantine denies it the very calls that help.",
    "",
    "## Who did what",
    "",
    "Within minutes, as a message with who, what, from where, when, and a link to the event in CloudTrail.",
    "",
    row("Rule", "Raised for", "First"),
    row("---", "---", "---"),
    ...Object.entries(iamAlerts).map(([id, description]) =>
      row(`\`${id}\``, description, firstMoves[id as keyof typeof iamAlerts]),
    ),
    row(
      "`guardduty-finding`",
      "GuardDuty findings from `threatDetection.minimumSeverity` on",
      "Open the link; from severity 7 on, treat the named identity as stolen.",
    ),
    row(
      "`leak-response-notice`",
      "A leaked access key: whose it is, what was done, and what to do now. Or AWS had a complaint: something attacks others, sends mail or mines",
      `Do what the message says; then \`${baselineCommand("respond")}\` with the key.`,
    ),
    row(
      "`undelivered-alerts`",
      "EventBridge could not deliver an alert, or an answer to a leaked key failed, in the region that is named",
      "Read the events in the queue `<prefix>-undelivered-alerts` of that region; their attributes say why. Then `pulumi up`.",
    ),
    row("`drill`", `\`${baselineCommand("drill")}\``, "Nothing: it is a test, and says so."),
    "",
    "## How often, how much",
    "",
    "Alarms on the trail's log group, and on the charges (`estimated-charges-...`, and the budget `monthly-cost`). The mail",
    "says which alarm; the log group `/<prefix>/cloudtrail` says who. In CloudWatch Logs Insights, for refused calls:",
    "",
    "```",
    "fields eventTime, userIdentity.arn, userIdentity.accessKeyId, eventName, sourceIPAddress, errorCode",
    "| filter errorCode like /AccessDenied|UnauthorizedOperation/",
    "| sort eventTime desc",
    "```",
    "",
    row("Alarm", "Raised when", "Look first"),
    row("---", "---", "---"),
    ...trailAlarmIds.map((id) => row(`\`${id}\``, trailAlarmTexts[id].happened, `${trailAlarmTexts[id].look}.`)),
    "",
  ].join("\n");
}
