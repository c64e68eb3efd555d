import { type ActionSet } from "./action-set";
import { type Statement } from "./model";
import { type Compiled } from "./patterns";

/** A statement with its selectors compiled under one reading. */
export interface Rule {
  readonly statement: Statement;
  readonly allows: boolean;
  readonly actions: ActionSet;
  readonly resources: Compiled;
}
