import { AsyncLocalStorage } from "node:async_hooks";
import { type ChildProcess, exec } from "node:child_process";
import { promisify } from "node:util";
import { externalDataInterceptor } from "@smithy/core/config";
import { endTree } from "../common/process-tree";

/** One search for credentials. The SDK's chain goes on with the next source, which can be the same program. */
interface Search {
  processes: CredentialProcesses;
  isOver: boolean;
}

const current = new AsyncLocalStorage<Search>();
const inShell = promisify(exec);

/**
 * The programs (`credential_process`) that a source of credentials starts. The SDK starts them, without a limit, and
 * leaves them running; Node then waits for them when everything else has ended.
 */
export class CredentialProcesses {
  private readonly running = new Map<ChildProcess, Search>();
  private isClosed = false;
  private readonly onExit = () => this.close();

  /** @returns what `search` finds, and what ends the programs that it started, also later */
  during<T>(search: () => Promise<T>): { found: Promise<T>; end: () => void } {
    intercept();
    const own: Search = { processes: this, isOver: false };
    return { found: current.run(own, search), end: () => this.end(own) };
  }

  /** Ends all that still run, and everything that they started. No other is started. */
  close(): void {
    this.isClosed = true;
    this.running.forEach((_, child) => endTreeOf(child));
  }

  /** As `exec` of Node; it ends with this process too. */
  async start(command: string, search: Search): Promise<{ stdout: string; stderr: string }> {
    if (search.isOver || this.isClosed) {
      throw new Error("credentials are no longer waited for");
    }
    const run = inShell(command);
    this.running.set(run.child, search);
    process.on("exit", this.onExit);
    try {
      return await run;
    } finally {
      this.running.delete(run.child);
      process.off("exit", this.onExit);
    }
  }

  private end(search: Search): void {
    search.isOver = true;
    this.running.forEach((by, child) => by === search && endTreeOf(child));
  }
}

function endTreeOf({ pid }: ChildProcess): void {
  if (pid !== undefined) endTree(pid);
}

/** The SDK takes this in place of Node's `exec`. Source: @aws-sdk/credential-provider-process, resolveProcessCredentials. */
function intercept(): void {
  const run = (command: string) => {
    const search = current.getStore();
    return search ? search.processes.start(command, search) : inShell(command);
  };
  externalDataInterceptor.interceptToken(
    "exec",
    Object.assign(() => undefined, { [promisify.custom]: run }),
  );
}
