/** Name of the composition root in `index.ts`; every resource's name begins with it. */
const root = "baseline";

/** What the resources that can be taken over are called in the program. A test holds them against the program. */
export const resourceNames = {
  trail: `${root}-audit-trail-trail`,
  passwordPolicy: `${root}-password-policy-account`,
  publicAccessBlock: `${root}-account-guards-buckets`,
  configRole: `${root}-config-recording-role`,
  budget: `${root}-billing-alarm-budget`,
  unusedAccessAnalyzer: `${root}-external-access-unused`,
  detector: (region: string) => `${root}-threat-detection-${region}-detector`,
  recorder: (region: string) => `${root}-config-recording-recorder-${region}`,
  channel: (region: string) => `${root}-config-recording-channel-${region}`,
  analyzer: (region: string) => `${root}-external-access-external-${region}`,
  /** @param service such as `ssm` */
  endpoint: (vpcId: string, service: string) => `${root}-ssm-endpoints-${vpcId}-${service}`,
  defaultSecurityGroup: (region: string) => `${root}-account-guards-default-security-group-${region}`,
} as const;
