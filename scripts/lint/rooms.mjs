import { dirname, relative, resolve, sep } from "node:path";

const root = resolve(import.meta.dirname, "..", "..");

/**
 * What the files of each room may import of other rooms, by the beginning of their paths. The first entry that fits a
 * file counts. A room that is not listed may import everything. The third part is what may be loaded only when it is
 * needed (`import()`), or imported for its types.
 */
const rooms = [
  ["common/", []],
  ["aws/", ["common/"]],
  ["policy-pack/", []],
  // A control is read back with the clients of the caller.
  [/^components\/(.*\/)?verify(\/|[\w-]*\.ts$)/, ["components/", "aws/", "common/"]],
  ["components/", ["components/", "common/"], [/^components\/.*verify/]],
  ["index.ts", ["components/", "common/"]],
  ["bootstrap/", ["components/", "common/"]],
  ["engine/", ["aws/", "common/"]],
  ["operations/", ["engine/", "aws/", "bootstrap/", "components/", "policy-pack/", "common/"]],
  ["sandbox/", ["operations/", "engine/", "aws/", "components/", "policy-pack/", "common/", "index.ts"]],
];

const fits = (path, place) => (typeof place === "string" ? path.startsWith(place) : place.test(path));

/** Which room may import which. The direction is the design: an import against it fails here. */
const arrows = {
  meta: {
    type: "problem",
    docs: { description: "Rooms import only the rooms below them." },
    schema: [],
    messages: { arrow: "{{from}} may not import {{to}}: see the arrows in docs/architecture.md." },
  },
  create(context) {
    const file = relative(root, context.filename).split(sep).join("/");
    const room = rooms.find(([place]) => fits(file, place));
    if (room === undefined) {
      return {};
    }
    const [place, allowed, never = []] = room;
    const check = (source, isLoaded = true) => {
      const path = source?.type === "TemplateLiteral" ? source.quasis[0].value.cooked : source?.value;
      if (typeof path !== "string" || !path.startsWith(".")) {
        return;
      }
      const target = relative(root, resolve(dirname(context.filename), path))
        .split(sep)
        .join("/");
      const isOwn = typeof place === "string" && place.endsWith("/") && `${target}/`.startsWith(place);
      const isBelow = isOwn || allowed.some((each) => `${target}/`.startsWith(each) || `${target}.ts` === each);
      if (!isBelow || (isLoaded && never.some((each) => each.test(target)))) {
        context.report({ node: source, messageId: "arrow", data: { from: file, to: target } });
      }
    };
    return {
      ImportDeclaration: ({ source, importKind, specifiers }) =>
        check(source, importKind !== "type" && !specifiers.every((each) => each.importKind === "type")),
      ExportNamedDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source, false),
      TSImportType: ({ argument, source }) => check(source ?? argument?.literal ?? argument, false),
      CallExpression: ({ callee, arguments: [first] }) => {
        if (callee.name === "require") {
          check(first);
        }
      },
    };
  },
};

export default { rules: { arrows } };
