import { type Case, REGION, text } from "./case";

export const guarddutyCases: Case[] = [
  {
    type: "aws:guardduty/detector:Detector",
    inputs: () => ({ region: REGION, enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES", tags: { a: "1" } }),
    drift: {
      paths: ["enable"],
      change: (clients, { id }) => clients.guardduty(REGION).updateDetector({ DetectorId: id, Enable: false }),
    },
    update: (inputs) => ({ ...inputs, findingPublishingFrequency: "ONE_HOUR", tags: { b: "2" } }),
  },
  {
    type: "aws:guardduty/detectorFeature:DetectorFeature",
    before: async (make) => ({ detectorId: (await make("aws:guardduty/detector:Detector", { region: REGION })).id }),
    inputs: ({ detectorId }) => ({
      region: REGION,
      detectorId,
      name: "RUNTIME_MONITORING",
      status: "ENABLED",
      additionalConfigurations: [
        { name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" },
        { name: "EC2_AGENT_MANAGEMENT", status: "DISABLED" },
      ],
    }),
    drift: {
      paths: ["status"],
      change: (clients, _made, { detectorId }) =>
        clients.guardduty(REGION).updateDetector({
          DetectorId: text(detectorId),
          Features: [
            {
              Name: "RUNTIME_MONITORING",
              Status: "DISABLED",
              AdditionalConfiguration: [
                { Name: "EC2_AGENT_MANAGEMENT", Status: "DISABLED" },
                { Name: "EKS_ADDON_MANAGEMENT", Status: "ENABLED" },
              ],
            },
          ],
        }),
    },
    update: (inputs) => ({ ...inputs, status: "DISABLED" }),
    stays: true,
  },
];
