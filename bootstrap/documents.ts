import { type PolicyStatement } from "../components/foundation/policy-document";
import { permissionTable, readActions } from "./permissions";
import { type LimitedWrite } from "./permissions/model";
import { type Place } from "./place";

/** Everything a preview reads of the account's configuration. Contents of anything are not among it. */
export function readStatements(): PolicyStatement[] {
  return [{ Sid: "ReadConfiguration", Effect: "Allow", Action: [...readActions], Resource: "*" }];
}

/** What an update writes outside IAM: one statement for each set of resources. */
export function writeStatements(place: Place): PolicyStatement[] {
  const grants = Object.values(permissionTable).map(({ write, scope }) => ({ write, scope, when: {} }));
  return statementsOf("Write", grants, place);
}

/** What an update writes outside IAM under a condition: one statement for each set of resources and each condition. */
export function limitedStatements(place: Place): PolicyStatement[] {
  return statementsOf(
    "Limited",
    Object.values(permissionTable).flatMap(({ limited = [] }) => limited),
    place,
  );
}

function statementsOf(sid: string, grants: LimitedWrite[], place: Place): PolicyStatement[] {
  const groups = new Map<string, { actions: Set<string>; rest: Pick<PolicyStatement, "Resource" | "Condition"> }>();
  for (const { write, scope, when } of grants) {
    const Resource = scope === "everything" ? "*" : scope(place);
    const rest = { Resource, ...(Object.keys(when).length > 0 && { Condition: when }) };
    const group = groups.get(JSON.stringify(rest)) ?? { actions: new Set<string>(), rest };
    write.filter((action) => !action.startsWith("iam:")).forEach((action) => group.actions.add(action));
    groups.set(JSON.stringify(rest), group);
  }
  return [...groups.values()]
    .filter(({ actions }) => actions.size > 0)
    .map(({ actions, rest }, index) => ({
      Sid: `${sid}${index}`,
      Effect: "Allow",
      Action: [...actions].sort(),
      ...rest,
    }));
}
