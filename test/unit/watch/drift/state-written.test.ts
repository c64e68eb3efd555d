import assert from "node:assert/strict";
import { type AwsClients } from "../../../../aws/clients";
import { planFix } from "../../../../operations/watch/drift/fix";
import { stateWritten } from "../../../../operations/watch/drift/state-written";

interface Stored {
  text: string;
  at: string;
}

const first = Date.parse("2026-11-20T10:00:00Z");
const second = Date.parse("2026-11-21T10:00:00Z");
const state = ".pulumi/stacks/p/prod.json";
const copy = (ended: number) => `.pulumi/history/p/prod/prod-${ended}123456.checkpoint.json`;
const stored = (text: string, at: number): Stored => ({ text, at: new Date(at).toISOString() });

/** A bucket with these objects, as S3 answers of it. */
function bucket(objects: Record<string, Stored>, refused?: string): { aws: AwsClients; asked: string[] } {
  const asked: string[] = [];
  const s3 = {
    listObjectsV2({ Prefix }: { Prefix: string }) {
      if (refused) return Promise.reject(Object.assign(new Error("no"), { name: refused }));
      const keys = Object.keys(objects).filter((key) => key.startsWith(Prefix));
      return Promise.resolve({
        Contents: keys.map((Key) => ({ Key, LastModified: new Date(objects[Key]?.at ?? "") })),
      });
    },
    getObject({ Key }: { Key: string }) {
      asked.push(Key);
      return Promise.resolve({
        Body: { transformToByteArray: () => Promise.resolve(Buffer.from(objects[Key]?.text ?? "")) },
      });
    },
  };
  return { asked, aws: { defaultRegion: "us-east-1", s3: () => s3 } as unknown as AwsClients };
}

describe("a state that somebody wrote", () => {
  const history = {
    [copy(first)]: stored("one", first),
    [copy(second)]: stored("two", second),
    [copy(second).replace("checkpoint", "history")]: stored("{}", second),
  };
  const cases: [what: string, objects: Record<string, Stored>, found: RegExp | undefined][] = [
    ["is not one that the last update left", { ...history, [state]: stored("two", second - 1000) }, undefined],
    ["shows when it is another", { ...history, [state]: stored("2", second + 60_000) }, /at 2026-11-21T10:01:00/],
    ["shows when it is an older one again", { ...history, [state]: stored("one", second + 60_000) }, /at 2026-11-21/],
    [
      "shows when the copy was written with it, a day later",
      {
        ...history,
        [state]: stored("2", second + 86_400_000),
        [copy(second)]: stored("2", second + 86_400_000),
      },
      /at 2026-11-22T10:00:00/,
    ],
    ["cannot be told before the first update", { [state]: stored("x", first) }, undefined],
    ["is not another stack's", { ...history, ".pulumi/stacks/p/prod.json.bak": stored("x", second) }, undefined],
  ];
  for (const [what, objects, found] of cases) {
    it(what, async () => {
      const address = { backend: "s3://states?region=us-east-1", project: "p", stack: "prod" };
      const { items, notes } = await stateWritten(bucket(objects).aws, address);
      assert.deepEqual(notes, []);
      assert.equal(items.length, found ? 1 : 0);
      if (found) {
        assert.deepEqual([items[0]?.severity, items[0]?.change], ["high", "changed"]);
        assert.match(String(items[0]?.differences[0]?.found), found);
        assert.deepEqual(planFix(items, []).urns, []);
      }
    });
  }

  it("is looked for in the folders of the backend's own address", async () => {
    const objects = { [`team/a/${state}`]: stored("x", second), [`team/a/${copy(second)}`]: stored("y", second) };
    const address = { backend: "s3://states/team/a?region=eu-west-1", project: "p", stack: "prod" };
    assert.equal((await stateWritten(bucket(objects).aws, address)).items.length, 1);
  });

  const silent: [
    what: string,
    backend: string,
    objects: Record<string, Stored>,
    refused: string,
    note: RegExp | undefined,
  ][] = [
    ["Pulumi Cloud", "https://app.pulumi.com/acme", {}, "", undefined],
    ["a folder", "file:///tmp/state", {}, "", undefined],
    ["a store that is not AWS's", "s3://states?endpoint=localhost:9000", {}, "", undefined],
    [
      "a stack that is being updated",
      "s3://states",
      { ...history, [state]: stored("2", second), ".pulumi/locks/organization/p/prod/x.json": stored("", second) },
      "",
      /an update holds the stack's lock/,
    ],
    ["a bucket that may not be listed", "s3://states", {}, "AccessDenied", /may not call s3:ListBucket/],
  ];
  for (const [what, backend, objects, refused, note] of silent) {
    it(`finds nothing in ${what}${note ? ", and says that it did not look" : ""}`, async () => {
      const { aws, asked } = bucket(objects, refused || undefined);
      const { items, notes } = await stateWritten(aws, { backend, project: "p", stack: "prod" });
      assert.deepEqual([items, asked], [[], []]);
      assert.match(notes.join(), note ?? /^$/);
    });
  }
});
