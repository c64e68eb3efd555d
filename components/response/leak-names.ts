import { type Placement } from "../placement";

/** What the response is called, and the ARNs that follow; all known before any of it exists. */
export interface LeakNames {
  partition: string;
  accountId: string;
  /** The home region, where the state machine is. */
  region: string;
  machine: string;
  machineArn: string;
  /** Role of the state machine. */
  role: string;
  /** Role with which rules start the machine and forward events to it. */
  eventsRole: string;
  /** Bus of its own: on the default bus, events that alerts forward already would be there twice. */
  bus: string;
  busArn: string;
  deadLetters: string;
  deadLettersArn: string;
  /** Names of the rules. */
  rules: { health: string; guardduty: string; quarantine: string; forwarded: string };
}

export function leakNames({ namePrefix, partition, accountId, region }: Omit<Placement, "tags">): LeakNames {
  const machine = `${namePrefix}-leak-response`;
  const bus = `${namePrefix}-leaked-keys`;
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  return {
    partition,
    accountId,
    region,
    machine,
    machineArn: arn("states", `stateMachine:${machine}`),
    role: machine,
    eventsRole: `${namePrefix}-leak-events`,
    bus,
    busArn: arn("events", `event-bus/${bus}`),
    deadLetters: machine,
    deadLettersArn: arn("sqs", machine),
    rules: {
      health: `${namePrefix}-leak-health`,
      guardduty: `${namePrefix}-leak-guardduty`,
      quarantine: `${namePrefix}-leak-quarantine`,
      forwarded: `${namePrefix}-leak-forwarded`,
    },
  };
}
