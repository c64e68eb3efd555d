/** Where a control works. */
export const ControlScope = {
  account: "account",
  homeRegion: "home region",
  everyRegion: "every enabled region",
  chosen: "where the settings say",
} as const;

/**
 * What a control is, beside the code that provisions it. `docs/controls.md`, `plan` and reports are made from it.
 */
export interface ControlDescription {
  /** Class name of the component, which is also how reports name the control. */
  id: string;
  /** One line, in plain words. */
  title: string;
  scope: (typeof ControlScope)[keyof typeof ControlScope];
  /** The step of a leaked-key attack this stops or shows. */
  stops: string;
  /** Controls of public benchmarks that it answers, such as `CIS 7.0 4.1` or `Security Hub CloudTrail.1`. */
  answers: string[];
  /** What drives the monthly bill, or `free`. */
  cost: string;
  /** Settings that tune it, as keys of Pulumi.yaml. */
  settings: string[];
}
