import { control, ControlScope } from "../foundation/control";
import { changed, gone, touched } from "../foundation/drift";
import { threatDetectionSettings } from "./settings";
import { ThreatDetection } from "./threat-detection";

export const threatDetection = control({
  id: "ThreatDetection",
  title: "GuardDuty watches every region, used or not",
  scope: ControlScope.everyRegion,
  stops: "A stolen key at work unnoticed: odd callers, mining, exfiltration, credentials used from outside.",
  answers: [
    "Security Hub GuardDuty.1",
    "Security Hub GuardDuty.5",
    "Security Hub GuardDuty.6",
    "Security Hub GuardDuty.8",
    "Security Hub GuardDuty.9",
    "Security Hub GuardDuty.10",
    "Config GUARDDUTY_ENABLED_CENTRALIZED",
  ],
  cost: "per million CloudTrail events and per GB of flow, DNS, EKS and Lambda logs analysed, per vCPU of databases watched, per GB scanned for malware; idle regions cost next to nothing",
  settings: threatDetectionSettings,
  byRegion: true,
  place: ({ name, settings, regions, tags, child }) => {
    for (const region of regions) {
      new ThreatDetection(`${name}-${region}`, { ...settings.threatDetection, region, tags }, child);
    }
  },
  drift: [
    gone("Detector", "critical", "GuardDuty sees nothing in the region"),
    changed("Detector", "critical", "GuardDuty sees nothing in the region", /^enable/),
    touched("DetectorFeature", "high", "a protection plan is not as chosen"),
  ],
});
