import { type IdentityVerdict } from "../../account/identity/verdict";
import { type CredentialFinding } from "./findings";
import { type KeyState, type Principal } from "../principal";
import { type RoleSession } from "./sessions";
import { type SignIn } from "./sign-ins";
import { type Subject } from "../subject";

export interface KeyUse extends KeyState {
  /** Absent when it was never used, or that could not be told. */
  lastUsed?: { at: string; service: string; region: string };
}

/** Everything that is worth knowing before anything is done. */
export interface Triage {
  subject: Subject;
  /** ARN of whoever runs this, when that is the subject itself. */
  yourself?: string;
  principal: Principal;
  keys?: KeyUse[];
  groups: string[];
  /** Names of every policy that counts, the boundary last. */
  policies: string[];
  /** What the policies amount to without what containment and AWS's quarantine deny. */
  verdict?: IdentityVerdict;
  guardduty: { watched: number; regions: number; findings: CredentialFinding[] };
  /** Of a role. */
  sessions?: RoleSession[];
  /** Of a user whose password was used lately: console sessions that may be open. */
  signIns?: SignIn[];
  /** What could not be told, a sentence each; empty when this is the whole picture. */
  problems: string[];
}
