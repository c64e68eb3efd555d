import * as v from "valibot";
import { listOf, oneOf, text } from "../foundation/settings/checks";
import { controlSettings, enabled, group, setting } from "../foundation/settings/setting";

export const configRecordingSettings = controlSettings(
  "configRecording",
  "The part of the bill that grows with the account: a price per recorded item. Off where AWS Control Tower records already.",
  group({
    enabled: enabled(),
    frequency: setting(
      oneOf("CONTINUOUS", "DAILY"),
      "CONTINUOUS",
      "CONTINUOUS or DAILY; daily records are fewer, and cost less on the whole where resources change often.",
    ),
    excludeResourceTypes: setting(
      listOf(
        v.pipe(
          text(128),
          v.regex(/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/, "a resource type such as AWS::Config::ResourceCompliance"),
        ),
        "a list of resource types",
      ),
      [],
      "Resource types not to record, such as AWS::Config::ResourceCompliance, which repeats what the rules say.",
    ),
  }),
);
