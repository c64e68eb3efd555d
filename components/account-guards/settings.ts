import { controlSettings, disabled, enabled, group } from "../foundation/settings/setting";

export const accountGuardsSettings = controlSettings(
  "accountGuards",
  "Settings of the account.",
  group({
    enabled: enabled(),
    blockPublicBuckets: enabled(
      "No S3 bucket of the account can be made public. A website served straight from a public bucket stops working.",
    ),
    encryptVolumes: enabled("New EBS volumes are encrypted."),
    blockPublicSnapshots: enabled("EBS snapshots cannot be shared publicly, nor are they any more."),
    blockPublicImages: enabled("AMIs cannot be shared publicly any more."),
    requireImdsV2: enabled("New instances demand session tokens of their metadata service."),
    blockPublicDocuments: enabled("Systems Manager documents cannot be shared publicly."),
    closeDefaultSecurityGroups: disabled(
      "Remove all rules from the default security group of default VPCs. What relies on them loses its network.",
    ),
  }),
);
