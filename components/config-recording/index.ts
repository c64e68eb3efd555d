import * as aws from "@pulumi/aws";
import { auditTrail } from "../audit-trail";
import { control, ControlScope } from "../foundation/control";
import { changed, gone, touched } from "../foundation/drift";
import { guardiansOf } from "../foundation/evidence/guardians";
import { placementOf } from "../foundation/placement";
import { ownTags, projectName } from "../foundation/tags";
import { ConfigRecording } from "./config-recording";
import { globalTypesRegion } from "./global-types-region";
import { configRecordingSettings } from "./settings";

export const configRecording = control({
  id: "ConfigRecording",
  title: "AWS Config keeps the history of every resource in every region",
  scope: ControlScope.everyRegion,
  stops: "A change that nobody can date or undo: what the intruder opened, and what it looked like before.",
  answers: ["CIS 5.0 3.3", "CIS 7.0 4.3", "Security Hub Config.1"],
  cost: "per configuration item recorded (a daily one costs more, but there are fewer); S3 storage of the history",
  settings: configRecordingSettings,
  byRegion: true,
  facts: { none: { hasForeignRole: false }, ask: async () => ({ hasForeignRole: await hasForeignRole() }) },
  place: ({ settings, regions, facts, ...at }) => {
    const recording = new ConfigRecording(
      at.name,
      {
        ...placementOf(at),
        ...settings.configRecording,
        ...guardiansOf(settings),
        regions,
        globalTypesRegion: globalTypesRegion(settings.homeRegion, regions),
        createServiceLinkedRole: !facts.hasForeignRole,
        accessLogBucket: at.placed(auditTrail)?.accessLogBucket,
      },
      at.child,
    );
    return { recording, regions };
  },
  drift: [
    touched("RecorderStatus", "critical", "AWS Config records nothing in the region"),
    gone("Recorder", "critical", "AWS Config records nothing in the region"),
    changed("Recorder", "high", "AWS Config records something else"),
    touched("DeliveryChannel", "high", "what AWS Config records goes nowhere or elsewhere"),
  ],
});

/**
 * Whether somebody else made AWS Config's service-linked role, of which an account has one. Ours bears our tag. Told apart
 * by it, the role stays declared once the baseline has made it.
 */
async function hasForeignRole(): Promise<boolean> {
  const { names } = await aws.iam.getRoles({ pathPrefix: "/aws-service-role/config.amazonaws.com/" });
  const name = names.find((each) => each === "AWSServiceRoleForConfig");
  return name !== undefined && (await aws.iam.getRole({ name })).tags[ownTags.project] !== projectName;
}
