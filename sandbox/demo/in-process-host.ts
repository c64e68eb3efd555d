import { join } from "node:path";
import { packageRoot } from "../../common/package-root";
import { type Host } from "../../engine/host";
import { InProcessHost } from "../../engine/in-process/in-process";
import { PolicyProcess } from "../../engine/policies/policy-process";
import { withDefaults } from "../../engine/stack-files/stack-file";
import { State } from "../../engine/in-process/state";
import { createSandboxProvider } from "../provider";
import { practiceStack as stack, type StageHand } from "./stage-hand";

/** The host in this process; needs nothing but Node and the emulator. */
export async function inProcessHost(hand: StageHand): Promise<Host> {
  const { emulator, settings, folder, signal, onStep } = hand;
  const project = hand.project.name;
  const root = packageRoot();
  const packDir = join(root, "policy-pack");
  return new InProcessHost({
    project,
    stack,
    config: withDefaults(hand.project, settings),
    programs: join(root, "dist"),
    provider: createSandboxProvider({ endpoint: emulator.endpoint }),
    policies: await PolicyProcess.start({ packDir, project, stack, dryRun: true, signal }),
    state: new State(join(folder, "state.jsonl")),
    onStep,
  });
}
