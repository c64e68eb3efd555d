import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../common/package-root";
import { print, Progress } from "../../common/terminal";
import { table } from "../../common/table";
import { PolicyProcess } from "../../engine/policies/policy-process";
import { pulumiVersion } from "../../engine/pulumi/detect";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { checkovSeconds } from "./checkov";
import { type EngineWork, engineWork } from "./engine-work";
import { measure, median, recorded, type Usage } from "./measure";
import { packWork, previewResources } from "./pack-work";
import { canMeasureTrees } from "./process-tree";
import { serveTrail, TRAIL_EVENTS, trailSeconds } from "./trail-work";

/** The 17 default regions, then the opt-in ones, so that 34 can be asked for. */
const regions = [
  ...defaultRegions,
  ..."af-south-1 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6".split(" "),
  ..."ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1".split(" "),
  "mx-central-1",
];
const runs = 3;
const previewSize = 500;
const cli = join(packageRoot(), "dist", "cli.js");

/** Prints what the product costs to run, beside its budgets. CPU time is compared with loading Pulumi's SDK alone. */
async function bench(): Promise<void> {
  const progress = new Progress();
  const watch = (what: string) => progress.say(`measuring ${what} ...`);
  watch("Pulumi's SDK alone");
  const sdk = await median(runs, () => measure(["-e", 'require("@pulumi/pulumi")']));
  const rows: string[][] = [["Measured", "Resources", "CPU", "x SDK", "Memory", "Wall", "Budget"]];
  const add = (what: string, usage: Usage, budget = "", resources = "") => {
    const { cpu, memory, wall } = usage;
    rows.push([
      what,
      resources,
      `${cpu.toFixed(2)} s`,
      (cpu / sdk.cpu).toFixed(1),
      `${memory.toFixed(0)} MB`,
      `${wall.toFixed(1)} s`,
      budget,
    ]);
  };
  add("Pulumi's SDK alone", sdk);
  for (const number of [1, 4, 17, 34]) {
    watch(`plan for ${number} regions`);
    const some = ["us-east-1", ...regions.filter((each) => each !== "us-east-1")].slice(0, number);
    const plan = [cli, "plan", "--json", "--regions", some.join(",")];
    const usage = await median(runs, () => measure(plan));
    add(`plan, ${number} region(s)`, usage, number === 17 ? "4 s CPU, 350 MB" : "", String(resourcesIn(plan)));
  }
  watch("the policy pack");
  const ready = await median(runs, () => policyPack(0));
  add("policy pack ready", ready, "1.0 s CPU");
  const preview = await median(runs, () => policyPack(previewSize));
  const cpu = Math.max(0, preview.cpu - ready.cpu);
  const wall = Math.max(0, preview.wall - ready.wall);
  add("pack in a preview, beyond ready", { ...preview, cpu, wall }, "1 s CPU", String(previewSize));
  for (const [name, resources] of Object.entries(packWork)) {
    watch(name);
    const usage = await median(runs, () => measure([join(__dirname, "pack-work.js"), name]));
    add(name, usage, /^1,000/.test(name) ? "1 s CPU" : "2 s CPU", String(resources().length));
  }
  watch("checkov over the same 1,000 documents");
  const checkov = checkovSeconds(Object.values(packWork)[0]!());
  if (checkov !== undefined)
    rows.push(["checkov, the same 1,000 documents", "1000", "", "", "", `${checkov.toFixed(1)} s`, ""]);
  watch("a timeline, at the pace of CloudTrail");
  const trail = await serveTrail();
  const timeline = await measure([join(__dirname, "trail-work.js"), trail.endpoint]);
  await trail.close();
  const ratio = (timeline.wall / trailSeconds()).toFixed(2);
  add(`timeline, ${ratio} x the API's limit`, timeline, "300 MB, 1.2 x", `${TRAIL_EVENTS} events`);
  watch("the demo");
  const page = join(tmpdir(), "baseline-bench-demo.html");
  add("demo, without emulator and pack", await measure([cli, "demo", "--in-process", "--report", page]), "60 s wall");
  const engine = await pulumiVersion();
  if (engine !== undefined && canMeasureTrees) {
    watch(`previews of 17 regions on Pulumi ${engine}`);
    for (const work of await engineWork(process.env["BENCH_AGAINST"])) {
      add(work.what, work.usage, work.other && ratios(work.usage, work.other));
    }
  }
  progress.clear();
  print(table(rows, 100));
  if (engine === undefined || !canMeasureTrees) {
    print("Previews on the real engine are not measured: that needs `pulumi` on PATH, on Linux.");
  }
}

/** Against the checkout in the folder BENCH_AGAINST, measured in the same run. */
function ratios(usage: Usage, other: NonNullable<EngineWork["other"]>): string {
  const ratio = (read: (each: Usage) => number) => (read(usage) / read(other)).toFixed(2);
  const [cpu, memory, wall] = [ratio((each) => each.cpu), ratio((each) => each.memory), ratio((each) => each.wall)];
  return `${cpu} x CPU, ${memory} x memory, ${wall} x wall`;
}

function resourcesIn(plan: string[]): number {
  const answer = execFileSync(process.execPath, plan, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return (JSON.parse(answer) as { summary: { resources: number } }).summary.resources;
}

/** From the start of the pack's process until it has answered the engine's first questions, and about some resources. */
function policyPack(resources: number): Promise<Usage> {
  return recorded(async (environment) => {
    Object.assign(process.env, environment);
    try {
      const packDir = join(packageRoot(), "policy-pack");
      const pack = await PolicyProcess.start({ packDir, project: "bench", stack: "bench", dryRun: true });
      for (const { props: properties, ...each } of previewResources(resources)) {
        await pack.analyze({ ...each, properties });
      }
      await pack.close();
      return undefined;
    } finally {
      Object.keys(environment).forEach((name) => delete process.env[name]);
    }
  });
}

void bench();
