import assert from "node:assert/strict";
import { type ReportRow, reportRows } from "../../../../operations/watch/audit/credential-report";
import { judge } from "../../../../operations/watch/audit/rules";
import { ago, now } from "./facts";

const heading =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation," +
  "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region," +
  "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date," +
  "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active," +
  "cert_2_last_rotated";
const root =
  "<root_account>,arn:aws:iam::1:root,2019-01-01T00:00:00+00:00,not_supported,2026-11-20T08:00:00+00:00,not_supported," +
  "not_supported,false,true,2019-01-01T00:00:00+00:00,2026-11-21T08:00:00+00:00,us-east-1,iam,false,N/A,N/A,N/A,N/A," +
  "false,N/A,false,N/A";

function line(name: string, more: { console?: boolean; keyAge?: number } = {}): string {
  const { console = false, keyAge } = more;
  const keyCells = keyAge === undefined ? "false,N/A,N/A,N/A,N/A" : `true,${ago(keyAge)},N/A,N/A,N/A`;
  return `${name},arn:aws:iam::1:user/${name},${ago(500)},${console},no_information,${ago(500)},N/A,false,${keyCells},false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`;
}

const rows = (...lines: string[]): ReportRow[] => [...reportRows(lines.join("\n"))];

describe("audit: the credential report", () => {
  it("tells of root what no list of users does", () => {
    assert.deepEqual(rows(heading, root), [
      { kind: "root", root: { accessKeys: true, mfa: false, lastUsedAt: "2026-11-21T08:00:00.000Z" } },
    ]);
  });

  it("reads dates, and their absence in each of its words", () => {
    const [row] = rows(heading, line("mina", { console: true, keyAge: 100 }));
    assert.deepEqual(row, {
      kind: "user",
      user: {
        name: "mina",
        arn: "arn:aws:iam::1:user/mina",
        console: true,
        mfa: false,
        keys: [{ slot: 1, active: true, createdAt: ago(100) }],
        createdAt: ago(500),
        passwordChangedAt: ago(500),
      },
    });
  });

  it("reads a user whose name holds commas", () => {
    const [row] = rows(heading, line("kim,mina,2"));
    assert.equal(row?.kind === "user" && row.user.name, "kim,mina,2");
    assert.equal(row?.kind === "user" && row.user.arn, "arn:aws:iam::1:user/kim,mina,2");
  });

  const cases: [string, string[], string[]][] = [
    ["cut off within a row", [heading, line("a"), line("b").slice(0, 60)], ["user", "broken"]],
    ["cut off within the last cells", [heading, line("a").slice(0, -12)], ["broken"]],
    ["with a cell too many", [heading, `${line("a")},false`], ["broken"]],
    ["cut off within the heading", [heading.slice(0, 80)], ["broken"]],
    ["empty", [""], ["broken"]],
    ["something else", ["<html><body>Sorry</body></html>"], ["broken"]],
    ["with Windows' line ends", [`${heading}\r`, `${line("a")}\r`, ""], ["user"]],
    ["of nobody", [heading], []],
  ];
  for (const [name, lines, kinds] of cases) {
    it(`${name}: ${kinds.join(", ") || "nothing"}`, () =>
      assert.deepEqual(
        rows(...lines).map(({ kind }) => kind),
        kinds,
      ));
  }

  it("gives 10,000 users one at a time, and each of them is judged", () => {
    const lines = [heading, root, ...Array.from({ length: 10_000 }, (_, n) => line(`u${n}`, { keyAge: n % 200 }))];
    const reading = reportRows(lines.join("\n"));
    const first = reading.next();
    assert.equal(!first.done && first.value.kind, "root");
    let users = 0;
    let old = 0;
    for (const row of reading) {
      if (row.kind === "user") {
        users += 1;
        old += judge("user", row.user, now).filter(({ rule }) => rule === "key-old").length;
      }
    }
    assert.equal(users, 10_000);
    assert.equal(old, 10_000 * (109 / 200));
  });
});
