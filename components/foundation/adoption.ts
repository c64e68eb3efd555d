import * as pulumi from "@pulumi/pulumi";
import { baselineCommand } from "../../common/command";
import { BaselineError, ExitCode } from "../../common/errors";

/** What exists already and is taken over, by the name of the resource in the program. */
export type Imports = Readonly<Record<string, string>>;

/** Where the name is part of what exists, so that another name would be another thing. */
const nameProperties: Readonly<Record<string, string>> = {
  "aws:cfg/recorder:Recorder": "name",
  "aws:cfg/deliveryChannel:DeliveryChannel": "name",
  "aws:accessanalyzer/analyzer:Analyzer": "analyzerName",
};

/**
 * Gives each resource below a component its `import` option, by its name; the engine then reads what exists, and changes
 * it to what the program says in the same update. Once imported, the option does nothing any more, and stands for the
 * name that the thing keeps.
 *
 * A transformation of the SDK's first kind, which runs in the program itself: transforms need an engine that calls back.
 */
export class Adoption {
  private readonly left: Set<string>;

  constructor(private readonly imports: Imports) {
    this.left = new Set(Object.keys(imports));
  }

  readonly transformation: pulumi.ResourceTransformation = ({ type, name, props, opts }) => {
    const id = this.imports[name];
    if (id === undefined) {
      return undefined;
    }
    this.left.delete(name);
    const property = nameProperties[type];
    return {
      props: property === undefined ? props : { ...(props as object), [property]: nameIn(id) },
      opts: { ...opts, import: id },
    };
  };

  /** @throws BaselineError `unknown-import` when a resource that is to be imported is not in the program */
  requireAllFound(): void {
    if (this.left.size > 0) {
      throw new BaselineError(
        "unknown-import",
        `adopt.import names what the program does not have: ${[...this.left].join(", ")}.`,
        `Take it out of the stack file (\`${baselineCommand("adopt", [], { stack: "<stack>" })}\` does), or switch its control on where it was imported.`,
        ExitCode.badInput,
      );
    }
  }
}

/** The name in an import id: what precedes `@<region>`; of an ARN, what follows its last slash. */
export function nameIn(importId: string): string {
  return importId.replace(/@[a-z0-9-]+$/, "").replace(/^arn:.*\//, "");
}

/**
 * Older engines delete what was imported under an id with `@<region>` at the next update.
 *
 * Source: pulumi, changelog of 3.252.0, #23834. That an import is followed by an update came with 3.174.0, #19339.
 */
export async function requireImportingEngine(imports: Imports): Promise<void> {
  if (Object.keys(imports).length > 0) {
    await pulumi.requirePulumiVersion(">=3.252.0");
  }
}
