import { execFile } from "node:child_process";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { badInput, type BaselineError } from "../../../common/errors";
import { baselinePipe } from "../../../common/command";
import { jsonText } from "../../../common/printable";
import { print } from "../../../common/terminal";
import { command } from "../../command";
import { type MatrixEntry, stacksConcerned } from "./changed";
import { changedJudges, judgesAsMarkdown } from "./judges";

const run = promisify(execFile);

/** `baseline changed`: keeps of a matrix what the changes since a commit concern. */
export const changedCommand = command<{ since: string; judges?: boolean }>({
  name: "changed",
  description: "read the JSON of `fleet matrix`, and keep the stacks that the changes since a commit concern",
  options: [
    [
      "--since <commit>",
      "the commit to compare HEAD with; one that git does not know stands for all stacks",
      { required: true },
    ],
    [
      "--judges",
      "print, in Markdown, what of the policy pack, its configuration, the workflows and CI's roles changed",
    ],
  ],
  run: async ({ since, judges }) => {
    const entries = readMatrix(await text(process.stdin));
    const files = await changedSince(since);
    if (!judges) {
      // One line, as a workflow's output takes it.
      print(jsonText({ include: files ? stacksConcerned(files, entries) : entries }, 0));
      return;
    }
    const changed = changedJudges(requireFiles(files, since), policyConfigsOf(entries));
    if (changed.length > 0) {
      print(judgesAsMarkdown(changed));
    }
  },
});

function policyConfigsOf(entries: MatrixEntry[]): string[] {
  return entries.flatMap(({ policyConfig }) => (typeof policyConfig === "string" ? [policyConfig] : []));
}

/** @throws BaselineError `unknown-commit`, because to say that nothing changed would be wrong */
function requireFiles(files: string[] | undefined, since: string): string[] {
  if (files === undefined) {
    const next = "Fetch it: actions/checkout takes fetch-depth, and `git fetch` the name of a branch.";
    throw badInput("unknown-commit", `git cannot compare HEAD with ${since}.`, next);
  }
  return files;
}

/** @throws BaselineError `invalid-matrix` */
export function readMatrix(json: string): MatrixEntry[] {
  let matrix: { include?: unknown };
  try {
    matrix = JSON.parse(json) as typeof matrix;
  } catch {
    throw invalidMatrix();
  }
  const entries = matrix?.include;
  if (!Array.isArray(entries) || !entries.every((each) => typeof (each as MatrixEntry | null)?.stack === "string")) {
    throw invalidMatrix();
  }
  return entries as MatrixEntry[];
}

function invalidMatrix(): BaselineError {
  return badInput(
    "invalid-matrix",
    'What was read is not the JSON of a matrix, { "include": [{ "stack": ... }] }.',
    `Pipe it in: ${baselinePipe(["fleet", ["matrix"]], ["changed", [], { since: "HEAD^1" }])}`,
  );
}

// The commit before a push is unknown when the branch is new or was rewritten.
async function changedSince(since: string): Promise<string[] | undefined> {
  try {
    const { stdout: base } = await run("git", [
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${since}^{commit}`,
    ]);
    const { stdout } = await run("git", ["diff", "--name-only", "-z", "--no-renames", base.trim(), "HEAD", "--"], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.split("\0").filter((file) => file !== "");
  } catch {
    return undefined;
  }
}
