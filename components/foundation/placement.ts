import type * as pulumi from "@pulumi/pulumi";

/** Where a component's resources go and what they are called. */
export interface Placement {
  /** Region of the component's regional resources. */
  region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`; the second part of every ARN. */
  partition: string;
  /** Twelve digits. */
  accountId: string;
  /** Start of every name in AWS. */
  namePrefix: string;
  tags: pulumi.Input<Record<string, string>>;
}

/** What a component needs of where it is placed. */
export function placementOf({ region, partition, accountId, namePrefix, tags }: Placement): Placement {
  return { region, partition, accountId, namePrefix, tags };
}
