import type { SnapshotBlockPublicAccessArgs } from "@pulumi/aws/ebs/snapshotBlockPublicAccess";
import type { ImageBlockPublicAccessArgs } from "@pulumi/aws/ec2/imageBlockPublicAccess";
import type { InstanceMetadataDefaultsArgs } from "@pulumi/aws/ec2/instanceMetadataDefaults";
import { accountIdOf } from "../account-id";
import { recordedResource } from "../recorded-resource";

export const snapshotBlockPublicAccess = recordedResource<SnapshotBlockPublicAccessArgs>({
  type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
  properties: ["region", "state"],
  required: ["state"],
  replaceOn: ["region"],
  why: "the emulator has no API for the sharing of EBS snapshots",
  id: ({ region }) => region,
});

export const imageBlockPublicAccess = recordedResource<ImageBlockPublicAccessArgs>({
  type: "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
  properties: ["region", "state"],
  required: ["state"],
  replaceOn: ["region"],
  why: "the emulator has no API for the sharing of AMIs",
  id: ({ clients }) => accountIdOf(clients),
});

export const instanceMetadataDefaults = recordedResource<InstanceMetadataDefaultsArgs>({
  type: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  properties: ["region", "httpEndpoint", "httpPutResponseHopLimit", "httpTokens", "instanceMetadataTags"],
  replaceOn: ["region"],
  why: "the emulator has no API for the defaults of the instance metadata service",
  id: ({ clients }) => accountIdOf(clients),
  outputs: (_context, _id, inputs) => ({
    httpEndpoint: inputs.httpEndpoint ?? "no-preference",
    httpPutResponseHopLimit: inputs.httpPutResponseHopLimit ?? -1,
    httpTokens: inputs.httpTokens ?? "no-preference",
    instanceMetadataTags: inputs.instanceMetadataTags ?? "no-preference",
  }),
});
