import { type AwsClients } from "../../../aws/clients";

/** Where to look. Names follow from the prefix; everything else is read from AWS. */
export interface VerifyScope {
  aws: AwsClients;
  accountId: string;
  homeRegion: string;
  /** The regions the baseline covers. */
  regions: string[];
  namePrefix: string;
  /** Of a trail that was taken over; by default one that begins with the prefix. */
  trailName?: string;
}

/** One sentence about what AWS says. */
export interface Evidence {
  /** True when it is what the control promises. */
  holds: boolean;
  /** Absent for what is not regional. */
  region?: string;
  /** What was read, in words. */
  says: string;
  /** Speaks neither for nor against the control: it is switched off, or the emulator has no API to read it. */
  neutral?: true;
}

/** Reads one control back from the account. */
export type Verifier = (scope: VerifyScope) => Promise<Evidence[]>;
