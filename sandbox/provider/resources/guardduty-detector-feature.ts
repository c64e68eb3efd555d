import type { DetectorFeatureConfiguration, DetectorFeatureConfigurationResult } from "@aws-sdk/client-guardduty";
import type { DetectorFeatureArgs } from "@pulumi/aws/guardduty/detectorFeature";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { type Context, defineResource } from "../resource-handler";

type Inputs = Unwrap<DetectorFeatureArgs>;

/** A feature is a setting of its detector: it goes with it, and taking it out of a program leaves it as it is. */
export const detectorFeature = defineResource<DetectorFeatureArgs>({
  type: "aws:guardduty/detectorFeature:DetectorFeature",
  properties: ["region", "detectorId", "name", "status", "additionalConfigurations"],
  required: ["detectorId", "name", "status"],
  replaceOn: ["region", "detectorId", "name"],

  async create(context, inputs) {
    await put(context, inputs);
    return `${inputs.detectorId}/${inputs.name}`;
  },

  async read(context, id) {
    const [detectorId = "", name] = id.split("/");
    const found = (await features(context, detectorId))?.find(({ Name }) => Name === name);
    return (
      found && {
        region: context.region,
        detectorId,
        name,
        status: found.Status,
        additionalConfigurations: found.AdditionalConfiguration?.map(({ Name, Status }) => ({
          name: Name ?? "",
          status: Status ?? "",
        })),
      }
    );
  },

  async update(context, _id, news) {
    await put(context, news);
  },

  // As @pulumi/aws: GuardDuty has no call to remove a feature.
  delete: () => Promise.resolve(),
});

async function features(
  { clients, region }: Context,
  DetectorId: string,
): Promise<DetectorFeatureConfigurationResult[] | undefined> {
  const found = clients.guardduty(region).getDetector({ DetectorId });
  const detector = await unlessGone(found, "BadRequest", "NotFound", "ResourceNotFound");
  return detector && (detector.Features ?? []);
}

async function put(context: Context, { detectorId, name, status, additionalConfigurations }: Inputs): Promise<void> {
  const feature = {
    Name: name,
    Status: status,
    AdditionalConfiguration: additionalConfigurations?.map((each) => ({ Name: each.name, Status: each.status })),
  } as DetectorFeatureConfiguration;
  // GuardDuty merges it into the features there are.
  await context.clients.guardduty(context.region).updateDetector({ DetectorId: detectorId, Features: [feature] });
}
