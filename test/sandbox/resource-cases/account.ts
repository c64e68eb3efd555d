import { type Case, REGION, text } from "./case";

export const accountCases: Case[] = [
  {
    type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    inputs: () => ({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
    drift: {
      paths: ["blockPublicPolicy", "restrictPublicBuckets"],
      change: (clients, { id }) =>
        clients.s3control().putPublicAccessBlock({
          AccountId: id,
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
        }),
    },
    update: (inputs) => ({ ...inputs, blockPublicAcls: false }),
  },
  {
    type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
    inputs: () => ({ region: REGION, enabled: true }),
    drift: { paths: ["enabled"], change: (clients) => clients.ec2(REGION).disableEbsEncryptionByDefault({}) },
    update: (inputs) => ({ ...inputs, enabled: false }),
    stays: true,
  },
  {
    type: "aws:account/alternativeContact:AlternativeContact",
    inputs: () => ({
      alternateContactType: "SECURITY",
      name: "Security desk",
      title: "On call",
      emailAddress: "security@example.com",
      phoneNumber: "+1 555 0100",
    }),
    drift: {
      paths: ["emailAddress"],
      change: (clients, { outs }) =>
        clients.account().putAlternateContact({
          AlternateContactType: "SECURITY",
          EmailAddress: "mallory@example.net",
          Name: text(outs["name"]),
          PhoneNumber: text(outs["phoneNumber"]),
          Title: text(outs["title"]),
        }),
    },
    update: (inputs) => ({ ...inputs, title: "Head of security" }),
  },
  {
    type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    inputs: () => ({ region: REGION, state: "block-all-sharing" }),
    update: (inputs) => ({ ...inputs, state: "block-new-sharing" }),
    stays: true,
  },
  {
    type: "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
    inputs: () => ({ region: REGION, state: "block-new-sharing" }),
    update: (inputs) => ({ ...inputs, state: "unblocked" }),
    stays: true,
  },
  {
    type: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    inputs: () => ({ region: REGION, httpTokens: "required", httpPutResponseHopLimit: 1 }),
    update: (inputs) => ({ ...inputs, httpPutResponseHopLimit: 2 }),
    stays: true,
  },
  {
    type: "aws:ssm/serviceSetting:ServiceSetting",
    inputs: () => ({
      region: REGION,
      settingId: "/ssm/documents/console/public-sharing-permission",
      settingValue: "Disable",
    }),
    update: (inputs) => ({ ...inputs, settingValue: "Enable" }),
    stays: true,
  },
  {
    type: "aws:accessanalyzer/analyzer:Analyzer",
    inputs: () => ({ region: REGION, analyzerName: "external", type: "ACCOUNT", tags: { a: "1" } }),
    update: (inputs) => ({ ...inputs, tags: { b: "2" } }),
    stays: true,
  },
];
