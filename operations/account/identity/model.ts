import { type PolicyDocument } from "aws-prevention-baseline-policy-pack/iam/model";

/** A principal of this account, by its name (no path, no ARN). */
export type PrincipalName = { readonly user: string } | { readonly role: string };

/** One policy a principal holds, and by what way. */
export interface HeldDocument {
  /** For people: `inline policy deploy`, `policy Admins of group ops`. */
  readonly source: string;
  /** Of a managed policy. */
  readonly arn?: string;
  readonly via: "inline" | "attached" | "group" | "boundary";
  /** Undefined where the document could not be read. */
  readonly document?: PolicyDocument;
}

/** Everything that decides what a principal may do, but for the organization's and the resources' own policies. */
export interface HeldDocuments {
  readonly policies: readonly HeldDocument[];
  /** Limits the policies; grants nothing. */
  readonly boundary?: HeldDocument;
  /** Names of the user's groups. */
  readonly groups: readonly string[];
  readonly isRole: boolean;
  /** What could not be read, one sentence each. Empty when everything could. */
  readonly problems: readonly string[];
}
