import { wrap } from "../../common/table";
import { code, escapeMarkdown } from "./markdown";

/** What a policy says of a resource, as far as reports need it. */
export interface PolicyStatement {
  policy: string;
  level: "mandatory" | "advisory";
  /** Name of the resource. */
  resource: string;
  /** What, where, why and how to fix; a few lines. */
  message: string;
}

/** "2 mandatory, 1 advisory", or "no violation". */
export function policyCount(statements: readonly PolicyStatement[]): string {
  const mandatory = statements.filter(({ level }) => level === "mandatory").length;
  return statements.length === 0 ? "no violation" : `${mandatory} mandatory, ${statements.length - mandatory} advisory`;
}

/** What blocks before what does not; otherwise as they came. */
export function mandatoryFirst<Statement extends PolicyStatement>(statements: readonly Statement[]): Statement[] {
  return [...statements].sort((a, b) => Number(a.level === "advisory") - Number(b.level === "advisory"));
}

/** For a terminal, at 80 columns. */
export function policiesAsText(statements: readonly PolicyStatement[]): string[] {
  return [
    `Policies: ${policyCount(statements)}`,
    ...statements.flatMap(({ level, policy, resource, message }) => [
      `  ${level} ${policy}: ${resource}`,
      ...message.split("\n").flatMap((line) => wrap(line, 74).map((part) => `    ${part}`)),
    ]),
  ];
}

/** For a pull request: a line that counts, and an item for each statement. */
export function policiesAsMarkdown(statements: readonly PolicyStatement[]): string[] {
  return [
    `**Policies:** ${policyCount(statements)}.`,
    ...statements.map(
      ({ level, policy, resource, message }) =>
        `- **${level}** ${code(policy)} on ${code(resource)}: ${escapeMarkdown(message)}`,
    ),
  ];
}
