import { evaluateResource, evaluateStack, type PackConfig, type StackResource, type StackResult } from "../policies";

/** A finding on one resource of the file. */
export interface Verdict extends StackResult {
  readonly resource: string;
  readonly type: string;
}

/** All that the policies say of some resources: what blocks first, then in the order of the file. */
export function verdictsOn(resources: readonly StackResource[], config: PackConfig): Verdict[] {
  const byUrn = new Map(resources.map((each) => [each.urn, each]));
  const results = [
    ...resources.flatMap((each) => evaluateResource(each, config).map((result) => ({ ...result, urn: each.urn }))),
    ...evaluateStack(resources, config),
  ];
  const verdicts = results.map((result) => {
    const of = byUrn.get(result.urn);
    return { ...result, resource: of?.name ?? "", type: of?.type ?? "" };
  });
  const blocking = ({ level }: Verdict): boolean => level === "mandatory";
  return [...verdicts.filter(blocking), ...verdicts.filter((each) => !blocking(each))];
}
