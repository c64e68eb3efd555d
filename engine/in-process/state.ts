import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { BaselineError } from "../../common/errors";

/** What is known of a resource that exists. */
export interface StoredResource {
  urn: string;
  type: string;
  name: string;
  id: string;
  /** As on the wire, secrets wrapped. */
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  protect: boolean;
  /** Absent for false. */
  retainOnDelete?: boolean;
  /** URNs. */
  dependencies: string[];
  /** URN. */
  parent?: string;
}

/**
 * The practice account's state, as a journal: one line of JSON for each resource written or removed, appended before
 * anything else happens, so that whatever interrupts a run, what exists is on record.
 */
export class State {
  private readonly resources = new Map<string, StoredResource>();

  /** Opens the journal at `path`, or starts one. */
  constructor(private readonly path: string) {
    mkdirSync(dirname(path), { recursive: true });
    for (const line of existsSync(path) ? readFileSync(path, "utf8").split("\n") : []) {
      this.replay(line);
    }
  }

  get(urn: string): StoredResource | undefined {
    return this.resources.get(urn);
  }

  /** In the order in which they were first created. */
  list(): StoredResource[] {
    return [...this.resources.values()];
  }

  put(resource: StoredResource): void {
    this.append({ put: resource });
    this.resources.set(resource.urn, resource);
  }

  remove(urn: string): void {
    this.append({ remove: urn });
    this.resources.delete(urn);
  }

  private append(entry: object): void {
    try {
      appendFileSync(this.path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    } catch (error) {
      const full = (error as NodeJS.ErrnoException).code === "ENOSPC";
      throw new BaselineError(
        "state-not-written",
        `The state could not be written to ${this.path}: ${full ? "the disk is full" : (error as Error).message}.`,
        `${full ? "Free some room" : "Make the folder writable"} and run it again; what was written before is kept.`,
        undefined,
        { cause: error },
      );
    }
  }

  // A last line that a crash cut short tells nothing, and nothing depends on it.
  private replay(line: string): void {
    let entry: { put?: StoredResource; remove?: string };
    try {
      entry = JSON.parse(line) as typeof entry;
    } catch {
      return;
    }
    if (entry.put) {
      this.resources.set(entry.put.urn, entry.put);
    } else if (entry.remove !== undefined) {
      this.resources.delete(entry.remove);
    }
  }
}
