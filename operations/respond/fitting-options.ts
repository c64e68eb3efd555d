import { Option } from "commander";
import { badInput } from "../../common/errors";
import { type RespondOptions } from "./request";
import { type Step } from "./step";

/** Options that say something about another one, and mean nothing alone. */
const companions: Readonly<Record<string, readonly string[]>> = {
  "--note": ["--done", "--open"],
  "--organization": ["--bucket"],
};

/**
 * Refuses options that the step would not read: whoever gives `--apply` to a step that changes nothing shall not believe
 * that something was changed.
 *
 * @throws BaselineError `option-of-another-step`, `option-alone`
 */
export function requireFitting(step: Step, options: RespondOptions, steps: readonly Step[]): void {
  const given = (flag: string) => options[new Option(flag).attributeName()] !== undefined;
  const readers = (flag: string, of: readonly Step[]) => of.map(({ name }) => `${name} ${flag}`).join(", ");
  const refuse = (flag: string, of: readonly Step[]) => {
    throw badInput(
      "option-of-another-step",
      `${flag} means nothing to the step ${step.name}; nothing was done.`,
      `Leave it out, or name the step that is meant: ${readers(flag, of)}.`,
    );
  };
  if (given("--apply") && !step.changes) {
    refuse(
      "--apply",
      steps.filter(({ changes }) => changes),
    );
  }
  for (const owner of steps) {
    for (const [flags, , others = []] of owner.options ?? []) {
      const flag = flags.split(" ")[0]!;
      const reads = ({ name }: Step) => name === owner.name || others === "every" || others.includes(name);
      if (given(flag) && !reads(step)) {
        refuse(flag, steps.filter(reads));
      }
    }
  }
  for (const [flag, needed] of Object.entries(companions)) {
    if (given(flag) && !needed.some(given)) {
      throw badInput(
        "option-alone",
        `${flag} means nothing without ${needed.join(" or ")}; nothing was done.`,
        "Add it, or leave this one out.",
      );
    }
  }
}
