interface Statement {
  Effect?: string;
  Principal?: string | { Service?: string | string[] };
  Action?: string | string[];
}

/**
 * Does a policy allow a service an action? Conditions are not looked at: what AWS will put into its request is not known
 * here. Good enough to see that a service was left out.
 *
 * @param policy JSON; anything else admits nobody
 */
export function admits(policy: string | undefined, service: string, action: string): boolean {
  return statements(policy).some(
    ({ Effect, Principal, Action }) =>
      Effect === "Allow" &&
      typeof Principal === "object" &&
      listOf(Principal?.Service).includes(service) &&
      listOf(Action).some((pattern) => covers(pattern, action)),
  );
}

function statements(policy: string | undefined): Statement[] {
  try {
    const { Statement } = JSON.parse(policy ?? "{}") as { Statement?: Statement | Statement[] };
    return [Statement ?? []].flat().filter((each) => typeof each === "object" && each !== null);
  } catch {
    return [];
  }
}

function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}

function covers(pattern: string, action: string): boolean {
  const [start = "", ...rest] = pattern.toLowerCase().split("*");
  return rest.length === 0 ? start === action.toLowerCase() : action.toLowerCase().startsWith(start);
}
