import { type Common, workLane } from "./lane";
import { lookUp } from "./lookup";
import { type GatherOptions, type LaneOutcome } from "./model";
import { LOOKUP_INTERVAL_MS, Pace } from "./pace";
import { type Question } from "./suspect";

/** CloudTrail's event history: every region at once, and in each one request after another, at its pace. */
export class History {
  private readonly paces: Map<string, Pace>;
  private events = 0;
  private left = 0;

  constructor(
    private readonly common: Common,
    private readonly regions: readonly string[],
    private readonly options: GatherOptions,
  ) {
    const { interval = LOOKUP_INTERVAL_MS } = options;
    this.paces = new Map(regions.map((region) => [region, new Pace(interval)]));
  }

  /** Asks every region every question. */
  async ask(questions: readonly Question[]): Promise<LaneOutcome[]> {
    this.left = this.regions.length;
    this.tell();
    return (await Promise.all(this.regions.map((region) => this.inRegion(region, questions)))).flat();
  }

  count(events: number): void {
    this.events += events;
    this.tell();
  }

  private async inRegion(region: string, questions: readonly Question[]): Promise<LaneOutcome[]> {
    const pace = this.paces.get(region)!;
    const outcomes: LaneOutcome[] = [];
    for (const question of questions) {
      const lane = { name: nameOf(region, question), region, source: "event history" as const };
      const action = "cloudtrail:LookupEvents";
      const outcome = await workLane(this.common, { ...lane, action }, (each) => lookUp(each, question, pace));
      outcomes.push({ ...outcome, ...(pace.slowed && { slowed: true }) });
    }
    this.left -= 1;
    this.tell();
    return outcomes;
  }

  private tell(): void {
    const { length } = this.regions;
    this.options.onProgress?.(`CloudTrail: ${this.events} events, ${this.left} of ${length} regions to go`);
  }
}

/** The same lane has the same file in each run; what AWS allows in names, file systems do not all. */
function nameOf(region: string, { attribute, value }: Question): string {
  return `${region} ${attribute} ${encodeURIComponent(value).replaceAll("*", "%2A")}`.slice(0, 200);
}
