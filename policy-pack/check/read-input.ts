import { type StackResource } from "../policies";
import { isTree, type Tree } from "../values";
import { InputError } from "./input-error";
import { reveal } from "./pulumi-values";

/** What a file turned out to be. */
export type InputKind = "plan" | "stack export" | "preview";

export interface Input {
  readonly kind: InputKind;
  readonly resources: readonly StackResource[];
  /** How many values are secret, and so are judged as if they were not known yet. */
  readonly hidden: number;
}

const next =
  "Give the output of `baseline plan --json`, `pulumi stack export` or `pulumi preview --json`, as a file or - for stdin.";

/**
 * Reads the resources out of a plan, a state or a preview. What is about to be deleted, and what a program only reads, is
 * left out: the engine does not ask policies about it either.
 *
 * @throws InputError when it is something else; the sentence says what it seems to be
 */
export function readInput(text: string): Input {
  const parsed = parse(text);
  if (!isTree(parsed)) {
    throw new InputError(`This is JSON, but ${Array.isArray(parsed) ? "a list" : "no object"}.`, next);
  }
  const [kind, listed] = resourcesOf(parsed);
  const byUrn = new Map<string, StackResource>();
  let hidden = 0;
  for (const each of listed) {
    const read = resource(each);
    if (read === undefined) continue;
    byUrn.set(read.resource.urn, read.resource);
    hidden += read.hidden;
  }
  return { kind, resources: [...byUrn.values()], hidden };
}

function parse(text: string): unknown {
  const plain = text.replace(/^\uFEFF/, "").trim();
  if (plain === "") throw new InputError("There is nothing in it.", next);
  try {
    return JSON.parse(plain) as unknown;
  } catch {
    throw new InputError(`This is not JSON${hintFor(plain)}.`, next);
  }
}

function hintFor(text: string): string {
  if (/^\{.*\}\s*\n\s*\{/.test(text)) return ", but several JSON values in a row: a log of the engine's events";
  if (/^(?:Previewing|Updating) |^\s*\+ /m.test(text)) return ": it seems to be a preview for people; add --json";
  return /^(?:[\w.-]+:|---|#)/.test(text) ? ": it seems to be YAML" : "";
}

function resourcesOf(parsed: Tree): [InputKind, unknown[]] {
  const { deployment, steps, resources, checkpoint } = parsed;
  if ("deployment" in parsed) {
    if (deployment === null || (isTree(deployment) && !("resources" in deployment))) return ["stack export", []];
    if (isTree(deployment) && Array.isArray(deployment["resources"])) return ["stack export", deployment["resources"]];
    throw new InputError("This is a stack export whose resources are not a list.", "Export the stack again.");
  }
  if (isTree(checkpoint)) {
    const latest = isTree(checkpoint["latest"]) ? checkpoint["latest"]["resources"] : undefined;
    return ["stack export", Array.isArray(latest) ? latest : []];
  }
  if (Array.isArray(steps)) return ["preview", steps.flatMap(stateOf)];
  if (Array.isArray(resources) && "summary" in parsed) return ["plan", resources];
  throw new InputError(
    strangers.find(([is]) => is(parsed))?.[1] ?? "This is JSON of no kind that is known here.",
    next,
  );
}

const has =
  (...keys: string[]) =>
  (parsed: Tree): boolean =>
    keys.some((key) => key in parsed);

const strangers: readonly [(parsed: Tree) => boolean, string][] = [
  [
    has("planned_values", "resource_changes", "terraform_version"),
    "This is a plan or a state of Terraform, not of Pulumi.",
  ],
  [has("AWSTemplateFormatVersion", "Resources"), "This is a CloudFormation template, not Pulumi's."],
  [has("resourcePlans"), "This is an update plan (pulumi preview --save-plan), which holds no complete inputs."],
  [has("duration", "changeSummary"), "This is the summary of an update, without its steps."],
  [has("$schema", "runs"), "This is a SARIF report."],
  [has("name", "dependencies"), "This is a package.json."],
];

/** What a step leaves behind; nothing for what it deletes or reads. */
function stateOf(step: unknown): unknown[] {
  if (!isTree(step)) return [];
  const { op, newState } = step;
  const gone = typeof op === "string" && /^(?:delete|discard|read|refresh|remove-pending)/.test(op);
  return gone || !isTree(newState) ? [] : [newState];
}

function resource(value: unknown): { resource: StackResource; hidden: number } | undefined {
  if (!isTree(value)) return undefined;
  const { urn, type, inputs, propertyDependencies } = value;
  const left = value["delete"] === true || value["external"] === true;
  if (left || typeof urn !== "string" || typeof type !== "string" || type === "pulumi:pulumi:Stack") return undefined;
  const { props, hidden } = reveal(inputs ?? {});
  const name = urn.split("::").slice(3).join("::");
  return { resource: { urn, type, name, props, propertyDependencies: dependencies(propertyDependencies) }, hidden };
}

function dependencies(value: unknown): Record<string, string[]> {
  if (!isTree(value)) return {};
  const lists = Object.entries(value).map(([key, urns]) => {
    const listed: unknown[] = Array.isArray(urns) ? urns : [];
    return [key, listed.filter((each) => typeof each === "string")] as const;
  });
  return Object.fromEntries(lists);
}
