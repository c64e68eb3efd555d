import { type PolicyStatement } from "../components/policy-document";
import { permissionTable, readActions } from "./permissions";
import { type Place } from "./place";

/** Everything a preview reads of the account's configuration. Contents of anything are not among it. */
export function readStatements(): PolicyStatement[] {
  return [{ Sid: "ReadConfiguration", Effect: "Allow", Action: [...readActions], Resource: "*" }];
}

/** What an update writes outside IAM: one statement for each set of resources. */
export function writeStatements(place: Place): PolicyStatement[] {
  const byScope = new Map<string, { resources: string | string[]; actions: Set<string> }>();
  for (const { write, scope } of Object.values(permissionTable)) {
    const resources = scope === "everything" ? "*" : scope(place);
    const key = JSON.stringify(resources);
    const group = byScope.get(key) ?? { resources, actions: new Set<string>() };
    write.filter((action) => !action.startsWith("iam:")).forEach((action) => group.actions.add(action));
    byScope.set(key, group);
  }
  return [...byScope.values()]
    .filter(({ actions }) => actions.size > 0)
    .map(({ resources, actions }, index) => ({
      Sid: `Write${index}`,
      Effect: "Allow",
      Action: [...actions].sort(),
      Resource: resources,
    }));
}
