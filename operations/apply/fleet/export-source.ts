import { badInput, type BaselineError } from "../../../common/errors";
import { type FleetAccount } from "./account";

/** Where another engine gets the program from. */
export interface ExportSource {
  /** Git repository, as https URL. */
  repo: string;
  branch: string;
  /** Takes the place of the branch. */
  commit?: string;
  /** Folder of `Pulumi.yaml` in the repository; absent for its root. */
  directory?: string;
  /** Of Pulumi Cloud, for stacks that are named without. */
  organization?: string;
  /** Name of the Pulumi project. */
  project: string;
}

export interface ExportOptions {
  repo?: string;
  branch: string;
  commit?: string;
  directory?: string;
  organization?: string;
}

/** @throws BaselineError `invalid-source` */
export function exportSource(options: ExportOptions, project: string): ExportSource {
  const { repo, branch, commit, directory, organization } = options;
  if (repo === undefined || !isRepository(repo)) {
    const said = repo === undefined ? "is missing" : "is no https address of a git repository without a password";
    throw invalid(`--repo ${said}.`, "Give one such as https://github.com/example/baseline.git.");
  }
  if (commit !== undefined && !/^[0-9a-f]{40}$/.test(commit)) {
    throw invalid("--commit is no full commit hash.", "Give all 40 digits, as `git rev-parse HEAD` prints them.");
  }
  return {
    repo,
    // Both engines take a short name for a tag or a branch; this can only be a branch.
    branch: branch.startsWith("refs/") ? branch : `refs/heads/${branch}`,
    ...(commit !== undefined && { commit }),
    ...(directory !== undefined && { directory }),
    ...(organization !== undefined && { organization }),
    project,
  };
}

/** Pulumi Cloud knows a stack by its whole name only. @throws BaselineError `invalid-source` */
export function requireOrganization(accounts: FleetAccount[], { organization }: ExportSource): void {
  const bare = accounts.filter(({ stack }) => stack.split("/").length < 3).map(({ stack }) => stack);
  if (organization === undefined && bare.length > 0) {
    throw invalid(
      `--organization is missing, which the stack(s) ${bare.join(", ")} are named without.`,
      "Give the organization of Pulumi Cloud they are in.",
    );
  }
}

function isRepository(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" && url.username === "" && url.password === "";
}

function invalid(sentence: string, next: string): BaselineError {
  return badInput("invalid-source", sentence, next);
}
