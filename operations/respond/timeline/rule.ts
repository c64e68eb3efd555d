import { type Severity } from "../../output/severity";
import { type TrailEvent } from "../events/record";
import { type LocalTime } from "./clock";

/** What is usual, as far as somebody said so. */
export interface WatchSettings {
  /** Where nothing is usual: when the window began before the first event, in milliseconds since 1970. */
  idleSince?: number;
  /** Regions it is known to work in; learned unless given. */
  knownRegions?: readonly string[];
  /** Hours that are night: from, and up to (not including). */
  night: readonly [from: number, to: number];
}

/** An event with what all rules need to know of it. */
export interface Moment {
  event: TrailEvent;
  local: LocalTime;
  /** It is from the time that teaches what is usual. */
  learning: boolean;
}

/** That a rule applies to an event. */
export interface Sighting {
  /** What it was: a name, a region, what a run is of. */
  detail: string;
  /** What tells it from others of the rule. Default: its detail. */
  key?: string;
  /** Where it is not the rule's. */
  severity?: Severity;
  /** Events it stands for, where a rule only sees a run when it has become one. Default: 1. */
  events?: number;
  /** When the run began. Default: the event's time. */
  since?: string;
}

/** Looks at events, the oldest first. What it remembers is bounded, however many they are. */
export type Look = (moment: Moment) => Sighting | undefined;

/** Something the articles tell people to look for. */
export interface Rule {
  /** In kebab-case; stable. */
  id: string;
  /** For people, without a full stop. */
  title: string;
  severity: Severity;
  /**
   * `everything`: where earlier events could not be read, it would find what is not so. `usual`: and where there is
   * nothing to compare with, it would find everything.
   */
  needs?: "everything" | "usual";
  /** A fresh look, for one timeline. */
  begin: (settings: WatchSettings) => Look;
}

/** A rule that needs to know nothing but the event. */
export function each(look: (event: TrailEvent) => Sighting | undefined): Rule["begin"] {
  return () => (moment) => look(moment.event);
}

/** The first text that a call names something by; a call's own words differ from service to service. */
export function targetOf({ request, response }: TrailEvent): string {
  for (const key of targets) {
    const value = request[key] ?? response[key];
    if (typeof value === "string" && value !== "") {
      return value.startsWith("arn:") ? (value.split(/[:/]/).at(-1) ?? value) : value;
    }
  }
  return "";
}

const targets = [
  ...["userName", "roleName", "groupName", "policyName", "instanceProfileName", "name", "trailName", "bucketName"],
  ...[
    "functionName",
    "detectorId",
    "configurationRecorderName",
    "groupId",
    "snapshotId",
    "imageId",
    "keyId",
    "secretId",
  ],
  ...["policyArn", "instanceType", "serviceCode", "regionName", "emailAddress", "logGroupName", "alarmName", "modelId"],
];

/** Every text below a value, as deep as calls are. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") {
    yield value;
  } else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) yield* textsIn(inner);
  }
}
