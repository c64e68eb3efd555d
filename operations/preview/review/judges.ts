import { code, escapeMarkdown } from "../../output/markdown";

/** What judges a pull request or decides what CI may do, by the files that make it. */
const judges: [what: string, pattern: RegExp][] = [
  ["the policy pack", /^policy-pack\//],
  ["the workflows", /^\.(github|ci)\/|(^|\/)\.gitlab-ci\.yml$|(^|\/)CODEOWNERS$/],
  ["the roles of CI", /^bootstrap\//],
  [
    "the commands that preview a change and write its review",
    /^(cli\.ts$|(operations|engine|aws|common|scripts|sandbox)\/)/,
  ],
  ["the dependencies of all of these", /^(package(-lock)?\.json|\.npmrc|tsconfig.*\.json)$/],
];

/** A judge that a pull request changes, with the changed files. */
export interface ChangedJudge {
  what: string;
  files: string[];
}

/**
 * Which judges of a pull request it changes itself.
 *
 * @param files changed files from the repository's root, with `/` between folders
 * @param policyConfigs configurations of the policy pack that `accounts.yaml` names, in the same form
 */
export function changedJudges(files: readonly string[], policyConfigs: readonly string[]): ChangedJudge[] {
  const isConfig = (file: string) => file === "accounts.yaml" || policyConfigs.includes(file);
  const all: [what: string, files: string[]][] = [
    ...judges.map(([what, pattern]): [string, string[]] => [what, files.filter((file) => pattern.test(file))]),
    ["the configuration of the policy pack, or which accounts have one", files.filter(isConfig)],
  ];
  return all.filter(([, found]) => found.length > 0).map(([what, found]) => ({ what, files: found }));
}

const shown = 5;

/** A paragraph for the head of a review; empty when the pull request changes no judge. */
export function judgesAsMarkdown(changed: readonly ChangedJudge[]): string {
  if (changed.length === 0) {
    return "";
  }
  const lines = changed.map(({ what, files }) => {
    const more = files.length > shown ? `, and ${files.length - shown} more` : "";
    return `> - ${escapeMarkdown(what)}: ${files.slice(0, shown).map(nameOf).join(", ")}${more}`;
  });
  return [
    "> [!CAUTION]",
    "> **This pull request changes what judges it.** The review below was made with the base branch's version. From the merge on, this version decides.",
    ...lines,
    "",
  ].join("\n");
}

/** A path may be as long as git takes it. */
function nameOf(file: string): string {
  return code(file.length > 120 ? `…${file.slice(-119)}` : file);
}
