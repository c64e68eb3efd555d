import { type Event } from "@aws-sdk/client-cloudtrail";
import { setTimeout as sleep } from "node:timers/promises";
import { type AwsClients } from "../../../aws/clients";
import { BaselineError } from "../../../common/errors";
import { globalRegion } from "../../../components/foundation/partition";
import { type ExportedResource } from "../../../engine/host";
import { ask } from "../../../aws/ask";
import { type Change } from "./change";
import { asChange, mentions } from "./cloudtrail-event";
import { callsBehind } from "./deeds";
import { type DriftItem } from "./model";

export interface WhoOptions {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** Requests altogether. Default: 60. */
  requests?: number;
  /** Milliseconds between the beginnings of two requests in a region. Default: 500, CloudTrail's own limit. */
  interval?: number;
  onProgress?: (text: string) => void;
}

/** Most names, and most kinds of calls, that are asked for per resource. */
const ASKED_PER_RESOURCE = 3;
/** Most changes told of one resource. */
const TOLD = 3;

/**
 * Asks CloudTrail's event history (management events of the last 90 days) who changed what is drifted. Worst first, for
 * as many requests as may be made. What cannot be asked does not end anything.
 *
 * Source: CloudTrail API Reference, LookupEvents: two requests a second per region and account, one attribute each.
 * @param state the stack's resources, for the names AWS knows them by
 * @returns the items with `changes` where somebody looked, and what could not be asked, in sentences
 */
export async function whoChanged(
  aws: AwsClients,
  items: DriftItem[],
  state: ExportedResource[],
  options: WhoOptions,
): Promise<{ items: DriftItem[]; problems: string[] }> {
  const history = new History(aws, options);
  const byUrn = new Map(state.map((each) => [each.urn, each]));
  const asked = items.map(async (item) => {
    if (item.state !== "drifted") {
      return item;
    }
    const resource = byUrn.get(item.urn);
    const changes = await changesOf(history, item, resource, options);
    return changes ? { ...item, changes } : item;
  });
  return { items: await Promise.all(asked), problems: history.problems() };
}

async function changesOf(
  history: History,
  item: DriftItem,
  resource: ExportedResource | undefined,
  { partition }: WhoOptions,
): Promise<Change[] | undefined> {
  const region = item.region ?? globalRegion(partition);
  const { events, singleton } = callsBehind(item.type, item.change === "changed" ? pathsOf(item) : []);
  const names = namesOf(item, resource);
  // Where the state has what was found, it was written after the change.
  const since = item.inState ? undefined : resource?.modified;
  const isBehind = (event: Event) => events.includes(event.EventName ?? "");
  const told = (found: Event[]) => found.filter(isBehind).flatMap((event) => asChange(event, region) ?? []);
  let looked = false;
  // What is not managed is found by the call that made it: other calls name it too.
  for (const name of singleton || item.knownAs ? [] : names.slice(0, ASKED_PER_RESOURCE)) {
    const found = await history.events(region, "ResourceName", name);
    looked ||= found !== undefined;
    const changes = told(found ?? []);
    if (changes.length > 0) {
      return newest(changes, since);
    }
  }
  // Many services name no resource in their events, or name it otherwise than Pulumi does.
  for (const event of events.slice(0, ASKED_PER_RESOURCE)) {
    const found = await history.events(region, "EventName", event);
    looked ||= found !== undefined;
    const changes = told((found ?? []).filter((each) => singleton || isAbout(each, item, names)));
    if (changes.length > 0) {
      return newest(changes, since);
    }
  }
  return looked ? [] : undefined;
}

function pathsOf({ differences }: DriftItem): string[] {
  return differences.map(({ path }) => path);
}

function isAbout(event: Event, { knownAs }: DriftItem, names: string[]): boolean {
  return knownAs ? knownAs.every((each) => mentions(event, [each])) : mentions(event, names);
}

/** What happened since the state was written, which is what drift is; else the last change of all, marked as older. */
function newest(changes: Change[], modified: string | undefined): Change[] {
  const sorted = [...changes].sort((a, b) => (a.time < b.time ? 1 : -1));
  const since = modified === undefined ? [] : sorted.filter(({ time }) => Date.parse(time) > Date.parse(modified));
  return since.length > 0
    ? since.slice(0, TOLD)
    : sorted.slice(0, 1).map((each) => (modified === undefined ? each : { ...each, before: true }));
}

/** The names AWS may know a resource by, the most telling first. */
function namesOf(item: DriftItem, resource: ExportedResource | undefined): string[] {
  const { inputs = {}, outputs = {} } = resource ?? {};
  const of = (each: unknown) => (typeof each === "string" && each.length > 2 ? [each] : []);
  const own = resource ? [] : [item.name];
  const owners = ["bucket", "user", "group", "role", "detectorId", "topicArn"].map((key) => inputs[key]);
  return [...new Set([item.id, outputs["arn"], inputs["name"], ...own, ...owners].flatMap(of))];
}

/** CloudTrail's event history, asked no faster than it lets itself be asked, and nothing twice. */
class History {
  private left: number;
  private readonly interval: number;
  private readonly asked = new Map<string, Promise<Event[] | undefined>>();
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly refused = new Map<string, string>();
  /** When the last request of a region began. */
  private readonly begun = new Map<string, number>();
  private over?: string;
  private short = false;

  constructor(
    private readonly aws: AwsClients,
    private readonly options: WhoOptions,
  ) {
    this.left = options.requests ?? 60;
    this.interval = options.interval ?? 500;
  }

  /** The last fifty events with an attribute; undefined when they could not be had. */
  events(region: string, attribute: "ResourceName" | "EventName", value: string): Promise<Event[] | undefined> {
    const key = [region, attribute, value].join("\n");
    const known = this.asked.get(key);
    if (known) {
      return known;
    }
    const turn = (this.queues.get(region) ?? Promise.resolve()).then(() => this.request(region, attribute, value));
    this.asked.set(key, turn);
    this.queues.set(region, turn);
    return turn;
  }

  problems(): string[] {
    const few = this.short
      ? ["CloudTrail was not asked about everything: that would have been too many requests."]
      : [];
    return [...(this.over === undefined ? [...new Set(this.refused.values())] : [this.over]), ...few];
  }

  private async request(
    region: string,
    AttributeKey: "ResourceName" | "EventName",
    AttributeValue: string,
  ): Promise<Event[] | undefined> {
    if (this.over !== undefined || this.refused.has(region)) {
      return undefined;
    }
    if (this.left === 0) {
      this.short = true;
      return undefined;
    }
    this.left -= 1;
    const pause = (this.begun.get(region) ?? 0) + this.interval - Date.now();
    await (pause > 0 ? sleep(pause) : undefined);
    this.begun.set(region, Date.now());
    this.options.onProgress?.(`asking CloudTrail in ${region} who changed ${AttributeValue}`);
    try {
      const { Events = [] } = await ask("cloudtrail:LookupEvents", region, () =>
        this.aws.cloudtrail(region).lookupEvents({ LookupAttributes: [{ AttributeKey, AttributeValue }] }),
      );
      return Events;
    } catch (error) {
      this.give(region, error as Error);
      return undefined;
    }
  }

  private give(region: string, error: Error): void {
    const [sentence = ""] = error.message.split("\n");
    this.refused.set(region, sentence);
    const code = error instanceof BaselineError ? error.code : "";
    // Nobody gets further with these, wherever they ask.
    if (["no-credentials", "credentials-late", "credentials-expired", "access-denied"].includes(code)) {
      this.over = sentence;
    }
  }
}
