import { type PolicyDocument, type Selector, type Statement } from "./model";
import { compileGlobFor, type Glob, matches } from "./glob";
import { compileResources, covers } from "./patterns";
import { isAllow, isGenerous, readText, withoutBlanks } from "./reading";

// AWS has no action of this length.
const longestAction = 128;

interface Rule {
  readonly allows: boolean;
  readonly isConditional: boolean;
  readonly hasAction: (action: string) => boolean;
  readonly hasResource: (arn: string) => boolean;
}

/**
 * What documents may let their holder do: any action, on a resource by its name. Conditions of an Allow count as met,
 * those of a Deny as not met, and what is not known as whatever grants most, so that it is never less than AWS grants.
 * The pack's verdicts ask about few actions, over all resources of a kind, and are quicker at it (`evaluate.ts`).
 */
export class Access {
  private readonly rules: readonly Rule[];

  constructor(documents: readonly PolicyDocument[]) {
    this.rules = documents.flatMap(({ statements }) => statements.map(compile));
  }

  /** Whether some resource may be acted on. A Deny is not looked at. @param action in any case */
  reaches(action: string): boolean {
    return this.rules.some((rule) => rule.allows && rule.hasAction(action.toLowerCase()));
  }

  /** @param action in any case @param arn of at most 200 characters; names beyond are not spelt out by a pattern */
  allows(action: string, arn: string): boolean {
    const lowerCase = action.toLowerCase();
    const about = this.rules.filter((rule) => rule.hasAction(lowerCase) && rule.hasResource(arn));
    return about.some(({ allows }) => allows) && !about.some((rule) => !rule.allows && !rule.isConditional);
  }
}

function compile(statement: Statement): Rule {
  const actions = globsOf(statement.actions, statement);
  const resources = compileResources(statement.resources, statement, "possible");
  const { missing, negated } = statement.actions;
  return {
    allows: isAllow(statement, "possible"),
    isConditional: statement.conditions.length > 0,
    hasAction: missing
      ? () => isGenerous(statement.actions, statement, "possible")
      : (action) => actions.some((glob) => matches(glob, action)) !== negated,
    hasResource: (arn) => covers(resources, arn),
  };
}

function globsOf(selector: Selector, of: Statement): Glob[] {
  const generous = isGenerous(selector, of, "possible");
  return selector.items.flatMap((item) => {
    const text = readText(item, generous);
    if (text === undefined) return [];
    return [compileGlobFor((generous ? withoutBlanks(text) : text).toLowerCase(), longestAction)];
  });
}
