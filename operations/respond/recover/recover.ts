import { badInput, ExitCode } from "../../../common/errors";
import { wrap } from "../../../common/table";
import { type EvidenceEntry } from "../../evidence/entry";
import { documentsOf } from "../../account/identity/documents";
import { checklist, type Item, type Tick } from "./checklist";
import { listed } from "../contain/words";
import { policyNames } from "../contain/deny";
import { callerOf } from "../caller";
import { Looks } from "../triage/look";
import { OUTCOME, TICKED } from "../marks";
import { principalOf } from "../principal";
import { type Readable, readableSecrets } from "../contain/reachable";
import { type StepContext, type StepOutcome } from "../step";
import { withoutContainment } from "../triage/triage";
import { regionsToAsk } from "../where";

/** Names that are shown of each item; all are in the JSON. */
const SHOWN = 30;

/**
 * What is left to do until the incident is over. Ticks are lines of the evidence, so they need no `apply`; in the account
 * it only reads: besides what `triage` reads of IAM, `secretsmanager:ListSecrets` and `ssm:DescribeParameters`.
 *
 * @throws BaselineError `no-such-item`
 */
export async function recover(context: StepContext): Promise<StepOutcome> {
  const { aws, subject, options, say } = context;
  const looks = new Looks(aws);
  say(`looking at ${subject.kind} ${subject.name}`);
  const [principal, readable] = await Promise.all([
    principalOf(aws, subject, options.prefix),
    readableBy(context, looks),
  ]);
  const entries: EvidenceEntry[] = [];
  let begun: string | undefined;
  for await (const entry of context.evidence.read()) {
    begun ??= entry.time;
    if (entry.call === OUTCOME || entry.call === TICKED) {
      entries.push(entry);
    }
  }
  const facts = { subject, options, principal, readable, begun: begun ?? context.now().toISOString(), entries };
  const known = new Set(checklist(facts).map(({ id }) => id));
  for (const tick of ticksOf(options, known)) {
    entries.push(context.evidence.record({ step: "recover", call: TICKED, input: tick }));
  }
  const items = checklist(facts);
  const problems = [...new Set([...principal.problems, ...looks.problems])];
  return {
    exitCode: problems.length > 0 ? ExitCode.failed : ExitCode.ok,
    text: recoverText(items, problems),
    json: { items, readable, problems },
  };
}

async function readableBy({ aws, subject, options }: StepContext, looks: Looks): Promise<Readable[]> {
  const [caller, held, regions] = await Promise.all([
    callerOf(aws),
    documentsOf(aws, subject.kind === "user" ? { user: subject.name } : { role: subject.name }),
    regionsToAsk(looks, options),
  ]);
  looks.problems.push(...held.problems);
  const before = withoutContainment(held, policyNames(options.prefix, subject.kind));
  const partition = caller.arn.split(":")[1] ?? "aws";
  return readableSecrets(looks, before, {
    regions,
    partition,
    accountId: caller.accountId,
  });
}

function ticksOf({ done, open, note }: StepContext["options"], known: Set<string>): Tick[] {
  const why = note === undefined ? {} : { note };
  const ticks: Tick[] = [
    ...(done ? [{ items: done, state: "done" as const, ...why }] : []),
    ...(open ? [{ items: open, state: "open" as const, ...why }] : []),
  ];
  const strange = ticks.flatMap(({ items }) => items).filter((id) => !known.has(id));
  if (strange.length > 0) {
    throw badInput(
      "no-such-item",
      `The checklist has no ${strange.join(", ")}; nothing was ticked.`,
      `It has ${[...known].join(", ")}.`,
    );
  }
  return ticks;
}

const boxes = { open: "[ ]", done: "[x]", seen: "[x]" } as const;

function recoverText(items: readonly Item[], problems: readonly string[]): string {
  const open = items.filter(({ state }) => state === "open").length;
  const lines = items.flatMap((item) => {
    const how = item.state === "open" ? item.how.slice(0, SHOWN) : [];
    const more = item.state === "open" ? item.how.length - how.length : 0;
    return [
      ...wrap(`${item.id}: ${item.text}`, 76).map((line, index) => `${index > 0 ? "   " : boxes[item.state]} ${line}`),
      ...(item.at === undefined ? [] : [`      ${item.at}${item.note === undefined ? "" : `: ${item.note}`}`]),
      ...how.flatMap((each) => (isCommand(each) ? [each] : wrap(each, 74))).map((line) => `      ${line}`),
      ...(more > 0 ? [`      and ${more} more: --json`] : []),
    ];
  });
  return [
    `${items.length - open} of ${items.length} done; tick off with --done <item>, say why with --note`,
    ...lines,
    ...listed("Could not be told:", problems),
  ].join("\n");
}

// It shall be copied, so it is not broken.
function isCommand(text: string): boolean {
  return /^(npm|aws) /.test(text);
}
