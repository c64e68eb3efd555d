import { type Placement } from "../foundation/placement";

/** What the response is called, and the ARNs that follow; all known before any of it exists. */
export interface LeakNames {
  partition: string;
  accountId: string;
  /** The home region, where the state machine is. */
  region: string;
  machine: string;
  machineArn: string;
  /** In `contain`, each region that has findings or events of AWS Health has a machine of that name. */
  machineArnIn: (region: string) => string;
  /** Role of the state machine. */
  role: string;
  /** Role with which rules start the machine and forward events to it. */
  eventsRole: string;
  /** Bus of its own: on the default bus, events that alerts forward already would be there twice. */
  bus: string;
  busArn: string;
  busArnIn: (region: string) => string;
  deadLetters: string;
  deadLettersArn: string;
  /** Names of the rules. */
  rules: { health: string; guardduty: string; quarantine: string; forwarded: string };
}

export function leakNames({ namePrefix, partition, accountId, region }: Omit<Placement, "tags">): LeakNames {
  const machine = `${namePrefix}-leak-response`;
  const bus = `${namePrefix}-leaked-keys`;
  const arnIn = (service: string, resource: string) => (where: string) =>
    `arn:${partition}:${service}:${where}:${accountId}:${resource}`;
  const arn = (service: string, resource: string) => arnIn(service, resource)(region);
  return {
    partition,
    accountId,
    region,
    machine,
    machineArn: arn("states", `stateMachine:${machine}`),
    machineArnIn: arnIn("states", `stateMachine:${machine}`),
    role: machine,
    eventsRole: `${namePrefix}-leak-events`,
    bus,
    busArn: arn("events", `event-bus/${bus}`),
    busArnIn: arnIn("events", `event-bus/${bus}`),
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
