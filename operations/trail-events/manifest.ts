import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HISTORY_DAYS } from "./pace";
import { type Gathered, type GatherRequest } from "./model";

/** What a folder of events was gathered for. */
interface Manifest {
  /** The request as it came, to tell whether a later one means the same. */
  asked: string;
  from: string;
  to?: string;
  /** When everything that could be asked was, and what came of it; the next run begins anew. */
  ended?: { at: string; gathered: Omit<Gathered, "folder"> };
}

const DAY = 24 * 60 * 60 * 1000;
const FILE = "gather.json";

/** A gathering on disk. */
export interface Gathering {
  folder: string;
  from: Date;
  to?: Date;
  /** Writes that nothing is left to ask. */
  end: (gathered: Gathered) => void;
}

/** A gathering that asked the same and ended lately. @param notOlder milliseconds */
export function gatheredLately(
  parent: string,
  request: GatherRequest,
  now: Date,
  notOlder: number,
): Gathered | undefined {
  const asked = textOf(request);
  const fresh = manifestsIn(parent).find(
    ({ manifest: { ended, asked: other } }) =>
      other === asked && ended !== undefined && now.getTime() - Date.parse(ended.at) < notOlder,
  );
  return fresh && { ...fresh.manifest.ended!.gathered, folder: join(parent, fresh.name) };
}

/**
 * The newest gathering below a folder that asks the same and has not ended; else a new one beside the others, because
 * nothing that was found is ever thrown away.
 */
export function gatheringIn(parent: string, request: GatherRequest, now: Date): Gathering {
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const asked = textOf(request);
  const others = manifestsIn(parent);
  const begun = others.find(({ manifest }) => manifest.ended === undefined && manifest.asked === asked);
  if (begun) {
    return gathering(join(parent, begun.name), begun.manifest);
  }
  const names = others.map(({ name }) => name);
  const folder = join(parent, nameFor(now, names));
  mkdirSync(folder, { mode: 0o700 });
  const { from, to } = request;
  const begin = from ?? new Date((to ?? now).getTime() - HISTORY_DAYS * DAY);
  const manifest = { asked, from: begin.toISOString(), ...(to && { to: to.toISOString() }) };
  write(folder, manifest);
  return gathering(folder, manifest);
}

function textOf({ suspect, from, to, regions, bucket }: GatherRequest): string {
  return JSON.stringify({ suspect, from, to, regions, bucket });
}

/** The newest first. */
function manifestsIn(parent: string): { name: string; manifest: Manifest }[] {
  const names = existsSync(parent) ? readdirSync(parent).filter((each) => existsSync(join(parent, each, FILE))) : [];
  return names
    .sort()
    .reverse()
    .map((name) => ({ name, manifest: manifestOf(join(parent, name)) }));
}

function gathering(folder: string, manifest: Manifest): Gathering {
  const { from, to } = manifest;
  return {
    folder,
    from: new Date(from),
    ...(to !== undefined && { to: new Date(to) }),
    end: ({ folder: _, ...gathered }) =>
      write(folder, { ...manifest, ended: { at: new Date().toISOString(), gathered } }),
  };
}

function nameFor(now: Date, names: readonly string[]): string {
  const stem = now.toISOString().slice(0, 19).replace(/[-:]/g, "");
  const free = (name: string) => !names.includes(name);
  return [`${stem}Z`, ...Array.from({ length: 99 }, (_, at) => `${stem}Z-${at + 2}`)].find(free)!;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, FILE), "utf8")) as Manifest;
}

function write(folder: string, manifest: Manifest): void {
  const path = join(folder, FILE);
  writeFileSync(`${path}.new`, JSON.stringify(manifest), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}
