import { type Rule } from "./rule";
import { deedRules } from "./rules/deeds";
import { exposureRules } from "./rules/exposure";
import { runRules } from "./rules/runs";
import { unusualRules } from "./rules/unusual";

/** Everything a timeline looks for. */
export const rules: readonly Rule[] = [...deedRules, ...exposureRules, ...runRules, ...unusualRules];
