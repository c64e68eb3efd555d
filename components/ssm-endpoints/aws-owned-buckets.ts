/**
 * Buckets of AWS that managed instances read from through an S3 endpoint. Whole names only: bucket names are global, so
 * a wildcard at the end of one would let in buckets of anybody who registers a name that begins alike.
 *
 * Sources: Systems Manager User Guide, "SSM Agent communications with AWS managed S3 buckets" and "Amazon S3 buckets for
 * patching operations"; aws-samples/data-perimeter-policy-examples, "AllowRequestsToAWSOwnedResources", for the rest.
 *
 * @returns bucket names, no ARNs
 */
export function awsOwnedBuckets(region: string): string[] {
  return [...systemsManager(region), ...packages(region), ...agents(region)];
}

/** Agent updates, documents, Distributor packages and Patch Manager. */
function systemsManager(region: string): string[] {
  const suffix = patchManagerSuffixes[region];
  return [
    `aws-ssm-${region}`,
    `aws-windows-downloads-${region}`,
    `amazon-ssm-${region}`,
    `amazon-ssm-packages-${region}`,
    `${region}-birdwatcher-prod`,
    `aws-ssm-distributor-file-${region}`,
    `aws-ssm-document-attachments-${region}`,
    `aws-patchmanager-macos-${region}`,
    `patch-baseline-snapshot-${region}${snapshotSuffixes[region] ?? ""}`,
    ...(suffix ? [`aws-patch-manager-${region}-${suffix}`, `aws-patchmanager-macos-${region}-${suffix}`] : []),
  ];
}

/** Package repositories of Amazon Linux 2 and 2023, without which neither `yum` nor patching works. */
function packages(region: string): string[] {
  return [
    `al2023-repos-${region}-de612dc2`,
    `al2023-${region}`,
    `amazonlinux-2-repos-${region}`,
    `amazonlinux.${region}.amazonaws.com`,
  ];
}

/** What instances of an account that is in use already fetch the same way; S3 traffic of the VPC would break off. */
function agents(region: string): string[] {
  return [
    `amazoncloudwatch-agent-${region}`,
    "amazoncloudwatch-agent",
    `aws-codedeploy-${region}`,
    // Layers of container images in ECR.
    `prod-${region}-starport-layer-bucket`,
  ];
}

/** Whether it is known by which names Patch Manager's own buckets go in a region; China and GovCloud have none. */
export function knowsPatchManager(region: string): boolean {
  return region in patchManagerSuffixes || /^(cn|us-gov)-/.test(region);
}

/** End of the names of Patch Manager's own buckets. */
const patchManagerSuffixes: Record<string, string> = {
  "af-south-1": "bdd5f65a9",
  "ap-east-1": "632356271",
  "ap-northeast-1": "4849fa78f",
  "ap-northeast-2": "10467995c",
  "ap-northeast-3": "67373598a",
  "ap-south-1": "cb7c62ff9",
  "ap-south-2": "32f4b4128",
  "ap-southeast-1": "7fdfd9ef7",
  "ap-southeast-2": "17283a275",
  "ap-southeast-3": "aa48fc462",
  "ap-southeast-4": "01e2c40d3",
  "ca-central-1": "3148e69e3",
  "ca-west-1": "9e3a4b2f9",
  "eu-central-1": "9163fdaaf",
  "eu-central-2": "184ce43c8",
  "eu-north-1": "795879e9b",
  "eu-south-1": "c52f3f594",
  "eu-south-2": "a4cf248b1",
  "eu-west-1": "5522fb710",
  "eu-west-2": "902a2bc74",
  "eu-west-3": "29bf85721",
  "il-central-1": "e221cb57b",
  "me-central-1": "2932f2f80",
  "me-south-1": "a53fc9dce",
  "sa-east-1": "ddf4b6a09",
  "us-east-1": "1970c647d",
  "us-east-2": "552881074",
  "us-west-1": "8badb4304",
  "us-west-2": "34d7f99f8",
};

/** Regions whose bucket of patch baseline snapshots has a name of its own. */
const snapshotSuffixes: Record<string, string> = {
  "af-south-1": "-tbxdb5b9",
  "ap-south-2": "-50209442",
  "ap-southeast-3": "-be0a3174",
  "ap-southeast-4": "-dc6f76ce",
  "eu-south-2": "-df2c9d70",
  "me-south-1": "-uduvl7q8",
};
