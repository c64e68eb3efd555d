import { jsonText } from "./printable";
import { type Input } from "./read-input";
import { type Verdict } from "./verdicts";

/** The verdicts for machines, in the form `baseline plan --json` has them. */
export function asJson(input: Input, verdicts: readonly Verdict[], file: string): string {
  const mandatory = verdicts.filter(({ level }) => level === "mandatory").length;
  const report = {
    file,
    kind: input.kind,
    policies: verdicts.map(({ policyId: policy, ...verdict }) => ({ policy, ...verdict })),
    summary: {
      resources: input.resources.length,
      hidden: input.hidden,
      mandatory,
      advisory: verdicts.length - mandatory,
    },
  };
  return jsonText(report);
}
