import { permissionTable } from "../../../bootstrap/permissions";
import { type Step } from "../../../engine/host";

/**
 * Whether the role that applies in CI is refused this change: calls that would delete or shorten evidence, stop what records
 * it, or write rights. An update of tags alone is not refused.
 */
export function isForAdministrator({ op, type, changed }: Pick<Step, "op" | "type" | "changed">): boolean {
  const { administrator = {} } = permissionTable[type] ?? {};
  const refused = (step: keyof typeof administrator) => (administrator[step] ?? []).length > 0;
  switch (op) {
    case "create":
    case "delete":
      return refused(op);
    case "replace":
      return refused("create") || refused("delete");
    case "update":
      return refused("update") && !changed?.every((path) => /^tags(All)?\b/.test(path));
    case "import":
    case "same":
      return false;
  }
}
