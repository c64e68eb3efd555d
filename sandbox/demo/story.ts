import { ExitCode } from "../../common/errors";
import { type Observation } from "../../common/observation";
import { type Host, type PolicyFinding, type RunResult } from "../../engine/host";
import { type Clients } from "../provider/clients";
import { type SeedReport } from "../seed";
import { driftReport, type DriftReport } from "../../operations/watch/drift/model";
import { controlOf } from "../../engine/control-of";
import { type Placed } from "../../operations/output/whereabouts";
import { type ControlEvidence, verify } from "../../operations/account/verify";
import { recordedRows } from "./recorded-rows";
import { absentAfterRefusal, type Absence } from "./absence";
import { sabotage, type Sabotage } from "./sabotage";

/** The whole story, as data: the terminal and the page are made from it. */
export interface Story {
  engine: string;
  provider: string;
  emulator: string;
  accountId: string;
  homeRegion: string;
  regions: string[];
  startedAt: string;
  seconds: number;
  before: SeedReport;
  preview: { resources: Placed[]; findings: PolicyFinding[] };
  up: { created: number; seconds: number; controls: ControlEvidence[]; recordedOnly: string[] };
  refused: { findings: PolicyFinding[]; absent: Absence[] };
  drift: { done: Sabotage[]; report: DriftReport; exitCode: number };
  /** Steps by name, each with whether it held. */
  steps: { name: string; held: boolean }[];
}

export interface StoryStage {
  host: Host;
  aws: Clients;
  seed: (aws: Clients) => Promise<SeedReport>;
  emulator: string;
  accountId: string;
  homeRegion: string;
  namePrefix: string;
  /** Called when a step begins and, with what it came to, when it has ended. */
  onStep: (name: string, story: Partial<Story>, held?: boolean) => void;
}

/** Plays the story from beginning to end. A step that does not hold is told as such, and the rest is still tried. */
export async function playStory(stage: StoryStage): Promise<Story> {
  const { host, aws, homeRegion, namePrefix, accountId } = stage;
  const started = Date.now();
  const story: Partial<Story> = {
    engine: host.engine,
    provider: host.provider,
    emulator: stage.emulator,
    accountId,
    homeRegion,
    startedAt: new Date(started).toISOString(),
    steps: [],
  };
  const step = async (name: string, work: () => Promise<boolean>): Promise<void> => {
    stage.onStep(name, story);
    const held = await work();
    story.steps?.push({ name, held });
    stage.onStep(name, story, held);
  };

  await step("The account before", async () => {
    story.before = await stage.seed(aws);
    return story.before.users.length > 0;
  });
  await step("Preview", async () => {
    const preview = await host.preview("index");
    const resources = placed(preview);
    story.preview = { resources, findings: preview.findings };
    story.regions = [...new Set(resources.flatMap(({ region }) => region ?? []))].sort();
    return preview.outcome === "done" && resources.length > 0;
  });
  await step("Up", async () => {
    const begun = Date.now();
    const up = await host.up("index");
    const seconds = (Date.now() - begun) / 1000;
    const controls = await verify({ aws, accountId, homeRegion, regions: story.regions ?? [], namePrefix });
    const recordedOnly = recordedRows(host.recordedOnly());
    story.up = { created: up.steps.filter(({ op }) => op === "create").length, seconds, controls, recordedOnly };
    return up.outcome === "done" && controls.every(({ holds }) => holds);
  });
  await step("A change refused", async () => {
    const refused = await host.up("sandbox/demo/refused-change");
    const absent = await absentAfterRefusal(aws, homeRegion);
    story.refused = { findings: refused.findings.filter(({ level }) => level === "mandatory"), absent };
    return refused.outcome === "blocked" && absent.every(({ holds }) => holds);
  });
  await step("Drift found", async () => {
    const elsewhere = story.regions?.find((region) => region !== homeRegion) ?? homeRegion;
    const done = await sabotage(aws, homeRegion, elsewhere, namePrefix);
    const observations: Observation[] = await host.refresh();
    const report = driftReport(observations);
    const exitCode = { clean: ExitCode.ok, drifted: ExitCode.drift, unknown: ExitCode.failed }[report.state];
    story.drift = { done, report, exitCode };
    return exitCode === ExitCode.drift && isExactly(done, report);
  });
  story.seconds = (Date.now() - started) / 1000;
  return story as Story;
}

function placed({ steps }: RunResult): Placed[] {
  return steps
    .filter(({ op }) => op === "create")
    .map(({ urn, region }) => ({ control: controlOf(urn), ...(region && { region }) }));
}

/** Every deed found, and nothing beside them. */
export function isExactly(done: Sabotage[], report: DriftReport): boolean {
  const key = ({ control, region = "account" }: { control: string; region?: string }) => `${control} ${region}`;
  const found = report.items.map(key).sort();
  return JSON.stringify(found) === JSON.stringify(done.map(key).sort());
}
