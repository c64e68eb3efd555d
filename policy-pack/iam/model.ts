/** One pattern of an Action, NotAction, Resource or NotResource. */
export interface Item {
  readonly text: string;
  readonly path: string;
  /** The text holds a sentinel: all of it or a part is known only during the update. */
  readonly unknown: boolean;
}

/** What a statement says about actions, or about resources: these, or all but these. */
export interface Selector {
  readonly negated: boolean;
  readonly items: readonly Item[];
  /** The element is missing, which AWS refuses; then it is read as whatever grants more. */
  readonly missing: boolean;
}

/** One operator on one key: `StringLike`, `aws:PrincipalArn`, values. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Item[];
}

/** One entry of a Principal: `AWS`, `Federated`, `Service`; kind `*` is the bare star. */
export interface Principal extends Item {
  readonly kind: string;
}

/** Whom a statement of a trust policy is about: these, or all but these. */
export interface Principals {
  readonly negated: boolean;
  readonly items: readonly Principal[];
}

export interface Statement {
  /** For people: `statement 2 (Sid Admin)`. */
  readonly label: string;
  readonly path: string;
  readonly effect: "Allow" | "Deny" | "unknown";
  /** The document's Version is too old for policy variables: `${aws:username}` is these very characters. */
  readonly literal: boolean;
  readonly actions: Selector;
  readonly resources: Selector;
  readonly conditions: readonly Condition[];
  /** Empty in an identity policy. */
  readonly principals: readonly Principals[];
}

export interface PolicyDocument {
  readonly path: string;
  /** The whole document is known only during the update. */
  readonly unknown: boolean;
  /** Nothing in it is unknown, for sure; otherwise something may be. */
  readonly known: boolean;
  readonly statements: readonly Statement[];
  /** Why AWS will not accept this document as it stands; nothing of its text. */
  readonly problems: readonly string[];
}
