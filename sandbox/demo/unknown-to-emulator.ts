/**
 * What the emulator has no API for. The sandbox's own provider keeps a record of it; the real AWS plugin would fail, so
 * that the demo leaves it out there.
 */
const leftOut: { setting: string; value: Record<string, boolean>; what: string }[] = [
  { setting: "externalAccess", value: { enabled: false }, what: "IAM Access Analyzer" },
  {
    setting: "accountGuards",
    value: { blockPublicSnapshots: false, blockPublicImages: false, requireImdsV2: false, blockPublicDocuments: false },
    what: "the account's defaults for snapshots, images, instance metadata and documents",
  },
  { setting: "billingAlarm", value: { costAnomalies: false }, what: "cost anomaly detection" },
];

/** The settings that leave it out, by full key. */
export function withoutUnknown(project: string): Record<string, unknown> {
  return Object.fromEntries(leftOut.map(({ setting, value }) => [`${project}:${setting}`, value]));
}

/** The same in words, for the page and the terminal. */
export const leftOutText = `Left out, because the emulator has no API for it: ${leftOut.map(({ what }) => what).join("; ")}.`;
