import * as v from "valibot";
import { badInput } from "../../../common/errors";
import { physicalName } from "../../../components/foundation/settings/checks";

/** Holds `--prefix` to the rule of the setting namePrefix. Loads all of @pulumi/aws, which takes a second. */
export function requirePrefix(prefix: string): void {
  const { issues } = v.safeParse(physicalName, prefix);
  if (issues) {
    throw badInput(
      "invalid-prefix",
      `--prefix: ${JSON.stringify(prefix)} cannot be the setting namePrefix.`,
      `It is ${issues[0].message}.`,
    );
  }
}
