/** Whose names and ARNs the documents are about. */
export interface Place {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** Twelve digits. */
  accountId: string;
  /** Start of the names of what this program makes. */
  rolePrefix: string;
  /** Start of the names of what the baseline makes. */
  namePrefix: string;
}

/** Where Pulumi's state is. */
export interface StatePlace {
  bucket: string;
  /** Folders within the bucket; empty for all of it. */
  prefix: string;
  /** Key of the bucket and of the stacks' secrets; empty when there is none. */
  keyArn: string;
}

/** ARN of something in IAM, of this account. */
export function iamArn({ partition, accountId }: Place, rest: string): string {
  return `arn:${partition}:iam::${accountId}:${rest}`;
}

/** Names are fixed, so that documents can speak of what does not exist yet. */
export function namesOf({ rolePrefix }: Place) {
  return {
    preview: `${rolePrefix}-preview`,
    apply: `${rolePrefix}-apply`,
    /** Bounds the apply role itself. */
    applyBoundary: `${rolePrefix}-apply-boundary`,
    /** Bounds every role that the apply role makes. */
    rolesBoundary: `${rolePrefix}-roles-boundary`,
    reads: `${rolePrefix}-reads`,
    writes: `${rolePrefix}-writes`,
    limitedWrites: `${rolePrefix}-limited-writes`,
    iamWrites: `${rolePrefix}-iam-writes`,
  };
}
