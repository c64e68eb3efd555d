import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, so that another one can find out later whether it still runs. */
export interface ProcessIdentity {
  /** Name of the machine or container, for people. */
  host: string;
  /**
   * Where process ids mean the same: the running kernel and its process namespace. Two containers differ in it. So do two
   * machines, and one machine before and after a restart. Without `/proc`: the name of the machine.
   */
  place: string;
  pid: number;
  /** When it began, as the kernel counts it, because process ids are used again. Absent without `/proc`. */
  started?: string;
}

/** Enough to look a process up in its own place. */
export type ProcessMark = Pick<ProcessIdentity, "pid" | "started">;

/** This process. */
export function thisProcess(): ProcessIdentity {
  const host = hostname();
  return { host, place: placeOf(host), ...markOf(process.pid) };
}

/** A process of this place that runs now. */
export function markOf(pid: number): ProcessMark {
  const started = statOf(pid)?.started;
  return { pid, ...(started !== undefined && { started }) };
}

/** Whether a process of this place runs, ours or somebody else's. Another start means another process with the same id. */
export function isRunning({ pid, started }: ProcessMark): boolean {
  const stat = statOf(pid);
  return stat ? stat.state !== "Z" && (started === undefined || started === stat.started) : exists(pid);
}

/** Whether anything of a process group of this place runs, also when the process that began it is gone. */
export function isGroupRunning(leader: ProcessMark): boolean {
  if (process.platform === "win32" || isRunning(leader)) {
    return isRunning(leader);
  }
  const stats = processes();
  // The kernel gives the id to no other process while the group lives.
  return stats ? stats.some(({ group, state }) => group === leader.pid && state !== "Z") : exists(-leader.pid);
}

/** Each process of this place with the one that started it; undefined without `/proc`. */
export function parents(): [pid: number, parent: number][] | undefined {
  return processes()?.map(({ pid, parent }) => [pid, parent]);
}

interface Stat {
  pid: number;
  state: string;
  parent: number;
  group: number;
  started: string;
}

/** Source: proc_pid_stat(5). */
function statOf(pid: number | string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name of the program can hold spaces and brackets.
    const [state = "", parent = "", group = "", ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { pid: Number(pid), state, parent: Number(parent), group: Number(group), started: rest[16] ?? "" };
  } catch {
    return undefined;
  }
}

function processes(): Stat[] | undefined {
  try {
    return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (statOf(name) ?? []) : []));
  } catch {
    return undefined;
  }
}

function exists(target: number): boolean {
  try {
    process.kill(target, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function placeOf(host: string): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return host;
  }
}
