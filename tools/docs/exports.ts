import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../common/package-root";
import { controls } from "../../components/controls";
import { folderOf } from "../../components/foundation/control";

/** Components that are no control of their own, by their file. */
const others: Record<string, string> = {
  AccountBaseline: "account-baseline",
  ChatChannels: "alert-channel/chat-channels",
  DrillAlert: "alert-channel/drill-alert",
  EventAlert: "alert-channel/event-alert",
  LogBucket: "foundation/evidence/log-bucket",
};

/** `components/index.ts`: every component with its arguments. */
export function exportsFile(): string {
  const files = { ...others, ...Object.fromEntries(controls.map(({ id }) => [id, `${folderOf(id)}/${folderOf(id)}`])) };
  return [
    // A script of this repository, not a command of the tool.
    // eslint-disable-next-line output/commands-from-builder
    "// Generated from components/controls.ts by `npm run docs`; edit tools/docs/exports.ts.",
    "",
    "/**",
    " * The components, for programs of one's own and, through `pulumi package add`, for other languages. The types of their",
    " * arguments keep to what Pulumi can infer a schema from; a test runs Pulumi's own analyzer over this file.",
    " */",
    ...Object.entries(files)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, file]) => {
        const source = readFileSync(join(packageRoot(), "components", `${file}.ts`), "utf8");
        const args = source.includes(`export interface ${id}Args`) ? `, type ${id}Args` : "";
        return `export { ${id}${args} } from "./${file}";`;
      }),
    "",
  ].join("\n");
}
