import { existsSync } from "node:fs";
import { join } from "node:path";
import { badInput, ExitCode } from "../../../common/errors";
import { jsonText } from "../../../common/printable";
import { wrap } from "../../../common/table";
import { print } from "../../../common/terminal";
import { bucketPlaceOf } from "../../../aws/bucket-name";
import { sessionOptions } from "../../../aws/options";
import { withSession } from "../../../aws/session";
import { EVIDENCE_FILE } from "../../evidence/read";
import { type EvidenceState, isContradicted, stateOf, unprovenIn } from "../../evidence/state";
import { stateSentences } from "../../evidence/state-words";
import { folderWithout, requireNamedSubject } from "../folder";
import { type Named, type RespondOptions } from "../request";

/**
 * Says what an evidence folder proves: its chain, its files, and with `--anchor` the anchors. It writes nothing and takes no
 * lock, so that a copy that cannot be written to does as well. AWS is asked for anchors only.
 *
 * @returns 3 where something was changed, is gone, or has no anchor although anchors were asked for; else 0
 * @throws BaselineError `no-evidence`, `evidence-of-another-subject`, and what the reading of a bucket throws
 */
export async function verify(named: Named, options: RespondOptions): Promise<number> {
  const folder = await folderWithout(named, options);
  if (folder === undefined || !existsSync(join(folder, EVIDENCE_FILE))) {
    throw badInput(
      "no-evidence",
      folder === undefined
        ? "There is no evidence of this subject in incidents/, or of more than one account."
        : `${folder} holds no evidence.`,
      "Name the folder: --evidence <folder>.",
    );
  }
  await requireNamedSubject(folder, named);
  const state = await stateWithAnchors(folder, options);
  const exitCode =
    isContradicted(state) || state.gone !== undefined || unprovenIn(state) ? ExitCode.found : ExitCode.ok;
  const text = [`Evidence: ${folder}`, ...stateSentences(state).flatMap((each) => wrap(each, 78).map(indented))];
  print(options.json ? jsonText({ step: "verify", evidence: { folder }, ...state, exitCode }) : text.join("\n"));
  return exitCode;
}

async function stateWithAnchors(folder: string, options: RespondOptions): Promise<EvidenceState> {
  const { anchor, region } = options;
  if (anchor === undefined) {
    return stateOf(folder);
  }
  const place = bucketPlaceOf("--anchor", anchor);
  return withSession(sessionOptions(options, region), ({ clients }) => stateOf(folder, { place, aws: clients }));
}

function indented(line: string): string {
  return `  ${line}`;
}
