import { type AwsClients } from "../../../aws/clients";
import { ask } from "../../../aws/ask";
import { pages } from "../../../aws/attempt";
import { type Beside } from "./beside";
import { type DriftItem } from "./model";

/** Type of the item that stands for the stack's state. */
export const stateType = "pulumi:state";

export interface StateAddress {
  /** URL of Pulumi's backend, as `pulumi whoami --verbose` says it. */
  backend: string;
  project: string;
  stack: string;
}

interface Copy {
  key: string;
  /** When the update ended that made it, by its own name. */
  endedAt: Date;
  writtenAt: Date;
}

/** Seconds between the end of an update, by its own clock, and S3's. */
const CLOCKS_APART = 300;

/**
 * Whether the stack's state is as the last update left it. At its end an update copies the state into the stack's history.
 * A state that is no longer the same was written by something else: `pulumi state`, `pulumi stack import`, an update that
 * was killed, or a person with access to the bucket. The name of a copy tells when it was made, so that one that was
 * written again later shows, too.
 *
 * Only a state in S3 is looked at. Nothing is looked at while an update is under way.
 *
 * Source: pulumi, pkg/backend/diy/state.go, `addToHistory`.
 */
export async function stateWritten(aws: AwsClients, { backend, project, stack }: StateAddress): Promise<Beside> {
  const place = placeOf(backend);
  if (!place) {
    return { items: [], notes: [] };
  }
  const { bucket, prefix, region = aws.defaultRegion } = place;
  const s3 = aws.s3(region);
  const list = (folder: string) =>
    pages(async (ContinuationToken) => {
      const input = {
        Bucket: bucket,
        Prefix: `${prefix}.pulumi/${folder}`,
        ...(ContinuationToken && { ContinuationToken }),
      };
      const page = await ask("s3:ListBucket", region, () => s3.listObjectsV2(input));
      return { items: page.Contents ?? [], next: page.NextContinuationToken };
    });
  const read = (Key: string) =>
    ask("s3:GetObject", region, async () => {
      const { Body } = await s3.getObject({ Bucket: bucket, Key });
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    });
  try {
    const [states, history, locks] = await Promise.all([
      list(`stacks/${project}/${stack}.json`),
      list(`history/${project}/${stack}/`),
      list(`locks/organization/${project}/${stack}/`),
    ]);
    const state = states.find(({ Key = "" }) => /\.json(\.gz)?$/.test(Key));
    const last = lastCopy(history.map(({ Key = "", LastModified = new Date(0) }) => [Key, LastModified]));
    if (locks.length > 0 || state?.Key === undefined || last === undefined) {
      return { items: [], notes: locks.length > 0 ? [notLooked("an update holds the stack's lock")] : [] };
    }
    const rewritten = (last.writtenAt.getTime() - last.endedAt.getTime()) / 1000 > CLOCKS_APART;
    if (!rewritten && (await read(state.Key)).equals(await read(last.key))) {
      return { items: [], notes: [] };
    }
    const written = rewritten ? last.writtenAt : (state.LastModified ?? new Date(0));
    return { items: [item(`s3://${bucket}/${state.Key}`, last.endedAt, written)], notes: [] };
  } catch (error) {
    const [why = ""] = (error as Error).message.split("\n");
    return { items: [], notes: [notLooked(why.replace(/\.$/, ""))] };
  }
}

function notLooked(why: string): string {
  return `Whether somebody wrote the stack's state outside of an update was not looked at: ${why}.`;
}

/** Undefined of a state that is kept elsewhere than in AWS's own S3. */
function placeOf(backend: string): { bucket: string; prefix: string; region?: string } | undefined {
  const url = URL.canParse(backend) ? new URL(backend) : undefined;
  if (url?.protocol !== "s3:" || url.searchParams.has("endpoint")) {
    return undefined;
  }
  const folder = url.pathname.replace(/^\/+|\/+$/g, "");
  const region = url.searchParams.get("region") ?? url.searchParams.get("awssdk.region");
  return { bucket: url.hostname, prefix: folder === "" ? "" : `${folder}/`, ...(region && { region }) };
}

function lastCopy(objects: [key: string, writtenAt: Date][]): Copy | undefined {
  const copies = objects.flatMap(([key, writtenAt]): Copy[] => {
    const [, nanoseconds] = /-(\d{19})\.checkpoint\.json(?:\.gz)?$/.exec(key) ?? [];
    return nanoseconds === undefined ? [] : [{ key, writtenAt, endedAt: new Date(Number(nanoseconds.slice(0, 13))) }];
  });
  return copies.sort((a, b) => a.endedAt.getTime() - b.endedAt.getTime()).at(-1);
}

function item(id: string, endedAt: Date, writtenAt: Date): DriftItem {
  return {
    state: "drifted",
    change: "changed",
    severity: "high",
    means: "somebody wrote it outside of an update",
    control: "program",
    urn: "the stack's state",
    type: stateType,
    name: "the stack's state",
    id,
    differences: [
      {
        path: "written",
        expected: `by the update that ended at ${endedAt.toISOString()}`,
        found: `at ${writtenAt.toISOString()}, by something else`,
      },
    ],
    consequences: [],
  };
}
