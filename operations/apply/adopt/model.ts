import { type BaselineSettings } from "../../../components/foundation/settings/model";
import { type Survey } from "../../account/survey/model";
import { type Owner } from "../../account/survey/owner";
import { type CrowdedUsers } from "./found";
import { type Endpoints } from "./found";
import { type Leftovers } from "./found";

/**
 * `ours`: the stack manages it already, `import`: the next `up` takes it over, `keep`: it stays as it is, beside the
 * baseline, `skip`: the control is left out in its place, `conflict`: somebody has to decide, `unknown`: could not be told.
 */
export type Action = "ours" | "import" | "keep" | "skip" | "conflict" | "unknown";

/** One thing the account has, or may have, and what the baseline makes of it. */
export interface Decision {
  /** In words, such as `GuardDuty detector`. */
  thing: string;
  /** Its name, or its id where it has none; empty where it is not known whether there is one. */
  name: string;
  /** Absent for what is not regional. */
  region?: string;
  owner: Owner;
  action: Action;
  /** One or two sentences. */
  why: string;
  /** The control it meets, such as `ThreatDetection`. */
  control: string;
  /** What it is, or would be, in the program; absent for what the program has no place for. */
  as?: Import;
  /** Where controls are left out: entries of `adopt.skip`. */
  skip?: string[];
}

/** An entry of `adopt.import`. */
export interface Import {
  /** Name of the resource in the program. */
  resource: string;
  /** With `@<region>` where it is regional. */
  id: string;
}

/** What to do about a trail of the account's own. */
export type TrailChoice = "beside" | "import" | "skip";

/** All a decision is made from. */
export interface Facts {
  survey: Survey;
  settings: BaselineSettings;
  /** What the stack's state says it manages. Absent where there is no state to read: then tags and names have to tell. */
  manages?: Manages;
  /** Names of the resources that the state has. Absent like `manages`. */
  made?: ReadonlySet<string>;
  trail: TrailChoice;
  /** What bears names that the baseline gives; absent where it was not looked for. */
  leftovers?: Leftovers;
  /** Absent like `leftovers`. */
  endpoints?: Endpoints;
  /** Absent like `leftovers`. */
  crowded?: CrowdedUsers;
}

/** @param type such as `aws:guardduty/detector:Detector` */
export type Manages = (type: string, id: string, region?: string) => boolean;
