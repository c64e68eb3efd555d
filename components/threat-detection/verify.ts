import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Is there a detector in every region, switched on, and which protection plans does it run? */
export function verify({ aws, regions }: VerifyScope): Promise<Evidence[]> {
  return Promise.all(
    regions.map(async (region) => {
      const guardduty = aws.guardduty(region);
      const { DetectorIds: [id] = [] } = await guardduty.listDetectors({});
      if (id === undefined) {
        return { holds: false, region, says: "no detector" };
      }
      const detector = await guardduty.getDetector({ DetectorId: id });
      const on = (detector.Features ?? []).filter(({ Status }) => Status === "ENABLED").map(({ Name }) => Name);
      return {
        holds: detector.Status === "ENABLED" && detector.FindingPublishingFrequency === "FIFTEEN_MINUTES",
        region,
        says: `detector ${detector.Status}, ${detector.FindingPublishingFrequency}, ${on.length} protection plans on`,
      };
    }),
  );
}
