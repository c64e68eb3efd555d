import { type WriteState } from "../../../../aws/write-state";

/** What entries of the evidence call a fix. */
export const FIX_STEP = "audit fix";

/** One thing `--fix` does: a key set Inactive, or a console password taken away. Never is a key deleted. */
export type Deed =
  | { kind: "deactivate-key"; user: string; keyId: string; because: string }
  | { kind: "delete-login-profile"; user: string; because: string };

/** What would be done, and what is left alone although it is unused. */
export interface FixPlan {
  deeds: Deed[];
  leftAlone: { resource: string; reason: string }[];
}

/** What became of a deed. `skipped`: when it came to it there was nothing to do any more, or a reason not to. */
export interface FixResult {
  deed: Deed;
  outcome: Exclude<WriteState, "absent"> | "skipped";
  /** One sentence; empty for what was done. */
  reason: string;
}

/** Who runs the fix, and is not to be locked out by it. */
export interface Caller {
  /** Of the key that signs the fix. */
  accessKeyId: string;
  /** Name of the user who signs; undefined for a role. */
  user?: string;
}
