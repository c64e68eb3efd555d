import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { writePrivate } from "../../../common/files";
import { makeFolders } from "../../../common/folders";
import { readRegular } from "../../../common/regular-file";
import { HISTORY_DAYS } from "./pace";
import { type Gathered, type GatherRequest } from "./model";

/** What a folder of events was gathered for. */
interface Manifest {
  /** The request as it came, to tell whether a later one means the same. */
  asked: string;
  /** When the first request was made: whatever happens later may be missing. */
  begun: string;
  from: string;
  to?: string;
  /** When everything that could be asked was for the first time; asking again what refused makes nothing else newer. */
  endedAt?: string;
  /** What came of it; absent while something is left to go on with. */
  gathered?: Omit<Gathered, "folder">;
}

const DAY = 24 * 60 * 60 * 1000;
const FILE = "gather.json";

/** A gathering on disk. */
export interface Gathering {
  folder: string;
  begun: Date;
  /** An earlier run began it. */
  isContinued: boolean;
  from: Date;
  to?: Date;
  /** Writes what came of it, and that nothing is left to ask; or, when it is resumable, that something is. */
  keep: (gathered: Gathered) => void;
}

/** The newest gathering that asked the same, if it ended lately. @param notOlder milliseconds */
export function gatheredLately(
  parent: string,
  request: GatherRequest,
  now: Date,
  notOlder: number,
): { gathered: Gathered; gathering: Gathering } | undefined {
  const { folder, manifest } = newestOf(parent, request) ?? {};
  if (folder === undefined || manifest?.gathered === undefined || manifest.endedAt === undefined) {
    return undefined;
  }
  return now.getTime() - Date.parse(manifest.endedAt) < notOlder
    ? { gathered: { ...manifest.gathered, folder }, gathering: gathering(folder, manifest, true) }
    : undefined;
}

/**
 * The newest gathering below a folder that asks the same, unless that has ended; else a new one beside the others,
 * because nothing that was found is ever thrown away.
 */
export function gatheringIn(parent: string, request: GatherRequest, now: Date): Gathering {
  makeFolders(parent, 0o700);
  const newest = newestOf(parent, request);
  if (newest && newest.manifest.gathered === undefined) {
    return gathering(newest.folder, newest.manifest, true);
  }
  const names = manifestsIn(parent).map(({ name }) => name);
  const folder = join(parent, nameFor(now, names));
  mkdirSync(folder, { mode: 0o700 });
  const { from, to } = request;
  const begin = from ?? new Date((to ?? now).getTime() - HISTORY_DAYS * DAY);
  const manifest = {
    asked: textOf(request),
    begun: now.toISOString(),
    from: begin.toISOString(),
    ...(to && { to: to.toISOString() }),
  };
  write(folder, manifest);
  return gathering(folder, manifest, false);
}

function newestOf(parent: string, request: GatherRequest): { folder: string; manifest: Manifest } | undefined {
  const asked = textOf(request);
  const newest = manifestsIn(parent).find(({ manifest }) => manifest.asked === asked);
  return newest && { folder: join(parent, newest.name), manifest: newest.manifest };
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

function gathering(folder: string, { gathered: _, ...open }: Manifest, isContinued: boolean): Gathering {
  const { begun, from, to } = open;
  return {
    folder,
    begun: new Date(begun),
    isContinued,
    from: new Date(from),
    ...(to !== undefined && { to: new Date(to) }),
    keep: ({ folder: _, ...gathered }) => {
      const endedAt = open.endedAt ?? new Date().toISOString();
      write(folder, gathered.resumable ? open : { ...open, endedAt, gathered });
    },
  };
}

function nameFor(now: Date, names: readonly string[]): string {
  const stem = now.toISOString().slice(0, 19).replace(/[-:]/g, "");
  const free = (name: string) => !names.includes(name);
  return [`${stem}Z`, ...Array.from({ length: 99 }, (_, at) => `${stem}Z-${at + 2}`)].find(free)!;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readRegular(join(folder, FILE))) as Manifest;
}

function write(folder: string, manifest: Manifest): void {
  writePrivate(join(folder, FILE), JSON.stringify(manifest));
}
