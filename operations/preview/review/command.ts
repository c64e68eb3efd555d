import { readFileSync } from "node:fs";
import { join } from "node:path";
import { requirePlaceFor, writeReport } from "../../../common/files";
import { packageRoot } from "../../../common/package-root";
import { jsonText } from "../../../common/printable";
import { print, Progress, tell } from "../../../common/terminal";
import { programFolder } from "../../../engine/program-folder";
import { command, forms, shared } from "../../command";
import { type StackReview } from "./model";
import { Interruption } from "../../../common/interruption";

interface ReviewOptions {
  stack: string[];
  policyConfig?: string;
  program?: string;
  profile?: string;
  sarif?: string;
  json?: boolean;
  markdown?: boolean;
}

/** `baseline review`: what an update of a stack would do and what the policies say of it, for a pull request. */
export const reviewCommand = command<ReviewOptions>({
  name: "review",
  description: "preview stacks with the policy pack, and tell it for a pull request; nothing is written",
  options: [
    ["--stack <name...>", "stacks, as in `pulumi stack ls`", { required: true }],
    shared.policyConfig,
    ["--program <folder>", "folder of the program to preview; pack and review stay this package's (default: its own)"],
    ["--sarif <file>", "also write what the policies say as SARIF 2.1.0, for code scanning"],
    ...forms(["json", shared.json[1]], ["markdown", "print a comment for a pull request"]),
  ],
  aws: { practice: false, time: "" },
  run: review,
});

async function review(options: ReviewOptions): Promise<number> {
  const stacks = [...new Set(options.stack)];
  if (options.sarif !== undefined) {
    requirePlaceFor(options.sarif);
  }
  const workDir = options.program === undefined ? undefined : programFolder(options.program);
  const progress = new Progress();
  const interruption = new Interruption(true);
  const { signal } = interruption;
  try {
    progress.say("reading the program");
    // Loaded only now: Pulumi's SDK takes a second, and neither help nor bad input should wait for it.
    const [{ openForReview }, { controls }, { reviewStacks }] = await Promise.all([
      import("./open.js"),
      import("../../../components/controls.js"),
      import("./review.js"),
    ]);
    const { policyConfig, profile } = options;
    const open = (stack: string) =>
      openForReview({
        stack,
        signal,
        ...(policyConfig && { policyConfig }),
        ...(profile && { profile }),
        ...(workDir !== undefined && { workDir }),
      });
    const onStack = (stack: string) => progress.say(`previewing ${stack}`);
    const { reviews, exitCode } = await reviewStacks(stacks, open, controls, { signal, onStack });
    progress.clear();
    if (options.json || options.markdown) {
      // Where stdout goes to a file, whoever watches should still see why there is no preview.
      for (const { stack, error } of reviews) {
        if (error) tell(`error: ${stack}: ${error.message}`);
      }
    }
    print(await rendered(reviews, options));
    if (options.sarif !== undefined) {
      const { reviewsAsSarif } = await import("./as-sarif.js");
      writeReport(options.sarif, `${reviewsAsSarif(reviews, packVersion())}\n`);
    }
    return exitCode;
  } finally {
    progress.clear();
    interruption.end();
  }
}

async function rendered(reviews: StackReview[], options: ReviewOptions): Promise<string> {
  if (options.json) {
    return jsonText({ stacks: reviews });
  }
  return options.markdown
    ? (await import("./as-markdown.js")).reviewsAsMarkdown(reviews)
    : (await import("./as-text.js")).reviewsAsText(reviews);
}

function packVersion(): string {
  const manifest = readFileSync(join(packageRoot(), "policy-pack", "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
