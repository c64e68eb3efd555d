import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ThreatDetectionOptions } from "../foundation/settings/model";
import { featuresIn, plansWithAgents } from "./guardduty-features";

export interface ThreatDetectionArgs extends Omit<ThreatDetectionOptions, "minimumSeverity"> {
  /** The detector's region. */
  region: string;
  tags: pulumi.Input<Record<string, string>>;
}

/** GuardDuty in one region, with every protection plan declared. */
export class ThreatDetection extends pulumi.ComponentResource {
  readonly detectorId: pulumi.Output<string>;

  constructor(name: string, args: ThreatDetectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:ThreatDetection", name, args, opts);
    const { region } = args;
    const detector = new aws.guardduty.Detector(
      `${name}-detector`,
      { region, enable: true, findingPublishingFrequency: args.publishingFrequency, tags: args.tags },
      { parent: this },
    );
    for (const [feature, status] of featuresIn(region, args.features, args.unavailableFeatures)) {
      new aws.guardduty.DetectorFeature(
        `${name}-${feature.toLowerCase().replaceAll("_", "-")}`,
        { region, detectorId: detector.id, name: feature, status },
        { parent: this, ...(plansWithAgents.includes(feature) && { ignoreChanges: ["additionalConfigurations"] }) },
      );
    }
    this.detectorId = detector.id;
    this.registerOutputs({ detectorId: this.detectorId });
  }
}
