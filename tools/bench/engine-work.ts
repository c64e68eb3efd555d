import { mkdtempSync, readFileSync, rmSync, symlinkSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolders } from "../../common/folders";
import { packageRoot, sandboxFolder } from "../../common/package-root";
import { startEmulator } from "../../sandbox/emulator";
import { practiceEnvironment } from "../../sandbox/practice/practice-environment";
import { writePluginLauncher } from "../../sandbox/provider/install-plugin";
import { type Usage } from "./measure";
import { measureTree } from "./process-tree";

const linked = [
  ...["index.ts", "Pulumi.yaml", "package.json", "tsconfig.json", "tsconfig.pulumi.json"],
  ...["node_modules", "components", "common", "policy-pack"],
];
const kinds = [
  ["preview, whole process tree", []],
  ["the same with the policy pack", ["--policy-pack", "policy-pack"]],
] as const;

/** What previews of this checkout use on the real engine, and those of another one in the same run. */
export interface EngineWork {
  what: string;
  usage: Usage;
  other?: Usage;
}

/**
 * Measures previews of the 17 default regions with `pulumi` and the sandbox's provider, on an emulated account. The two
 * checkouts take turns, so that what else the machine does concerns both.
 *
 * @param other folder of another checkout, installed and built, to compare with
 */
export async function engineWork(other?: string): Promise<EngineWork[]> {
  makeFolders(sandboxFolder());
  const folder = mkdtempSync(join(sandboxFolder(), "bench-"));
  const emulator = await startEmulator();
  try {
    const bin = join(folder, "bin");
    await writePluginLauncher(bin);
    const env = { ...process.env, ...practiceEnvironment({ endpoint: emulator.endpoint, folder, bin }) };
    const checkouts = [...(other === undefined ? [] : [other]), packageRoot()];
    const projects = checkouts.map((checkout, at) => project(join(folder, `project-${at}`), checkout));
    for (const [at, cwd] of projects.entries()) {
      await measureTree("pulumi", ["stack", "init", `bench-${at}`], { cwd, env });
      writeFileSync(join(cwd, `Pulumi.bench-${at}.yaml`), readFileSync(join(checkouts[at]!, "Pulumi.example.yaml")));
    }
    const works: EngineWork[] = [];
    for (const [what, options] of kinds) {
      const usages: Usage[][] = projects.map(() => []);
      for (let run = 0; run < 2; run += 1) {
        for (const [at, cwd] of projects.entries()) {
          const args = ["preview", "--stack", `bench-${at}`, "--non-interactive", ...options];
          usages[at]!.push(await measureTree("pulumi", args, { cwd, env }));
        }
      }
      const [own, others] = usages.map(mean).reverse();
      works.push({ what, usage: own!, ...(others && { other: others }) });
    }
    return works;
  } finally {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function project(folder: string, checkout: string): string {
  makeFolders(folder);
  for (const name of linked.filter((each) => existsSync(join(checkout, each)))) {
    symlinkSync(join(checkout, name), join(folder, name));
  }
  return folder;
}

function mean(usages: readonly Usage[]): Usage {
  const of = (read: (usage: Usage) => number) => usages.reduce((sum, each) => sum + read(each), 0) / usages.length;
  return { cpu: of(({ cpu }) => cpu), memory: of(({ memory }) => memory), wall: of(({ wall }) => wall) };
}
