import { join } from "node:path";
import { BaselineError } from "../../common/errors";
import { type Evidence } from "./evidence";
import { changedEvents } from "./sealed-events";
import { changedFiles } from "./written-files";

/**
 * Checks every file of an evidence folder against the chain, before a step reads the folder or makes something of it.
 *
 * @throws BaselineError `evidence-file-changed`, which names the file
 */
export async function requireIntact(evidence: Pick<Evidence, "read" | "folder">): Promise<void> {
  const { folder } = evidence;
  const [event] = (await changedEvents(evidence.read(), folder)).changed;
  if (event !== undefined) {
    throw new BaselineError(
      "evidence-file-changed",
      `${join(folder, event)} is not as the evidence says it was written: it was changed, added or removed. Nothing was read from it.`,
      "Keep the folder as it is, and start again in another one: --evidence <folder>.",
    );
  }
  // One that is gone can be written again; nobody is misled by it.
  const changed = (await changedFiles(evidence.read(), folder)).find(({ what }) => what === "changed");
  if (changed) {
    const { name } = changed;
    const own = name.replace(/(\.\w+)$/, ".edited$1");
    throw new BaselineError(
      "evidence-file-changed",
      `${join(folder, name)} is not as the evidence says it was written: it was changed. Nothing was done with it.`,
      `If you edited it, rename it to ${own} and run this again: your version is kept, and the step\n${name.split(".")[0]} writes the file anew. If you did not, copy the folder, and find out who did.`,
    );
  }
}
