import { type AwsClients } from "../../aws/clients";
import { type Severity } from "../../operations/output/severity";

/** Where the practice account has what is tampered with. */
export interface Scene {
  aws: AwsClients;
  accountId: string;
  home: string;
  /** A region that is neither home nor the global one. */
  away: string;
}

/** What somebody does behind the program's back to one control, and what a look must say of it. */
export interface DriftCase {
  control: string;
  says: string;
  tamper?: (scene: Scene) => Promise<unknown>;
  /** Why it cannot be done here. */
  skipped?: string;
  type?: string;
  region?: (scene: Scene) => string;
  change?: "changed" | "deleted";
  /** Paths that differ; of a deleted resource none. */
  properties?: string[];
  severity?: Severity;
}
