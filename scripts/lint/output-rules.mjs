/** Functions of node:fs that make a file of text; what people read is written by common/files.ts alone. */
const writers = /^(writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream)$/;

/** Streams that a terminal may be behind. */
const streams = /^(stdout|stderr|output|terminal|stream)$/;

const oneWayOut = {
  meta: {
    type: "problem",
    docs: { description: "Text reaches terminals and files through common/terminal.ts and common/files.ts only." },
    schema: [{ type: "object", properties: { files: { type: "boolean" } }, additionalProperties: false }],
    messages: {
      terminal: "Write with print, tell or write of common/terminal.ts: it makes text from outside harmless.",
      file: "Write files with writePrivate or writeReport of common/files.ts: they are the owner's alone, and harmless.",
    },
  },
  create(context) {
    const files = context.options[0]?.files ?? true;
    return {
      MemberExpression(node) {
        const { object } = node;
        if (object.type === "Identifier" && object.name === "process" && /^(stdout|stderr)$/.test(nameOf(node))) {
          context.report({ node, messageId: "terminal" });
        } else if (
          nameOf(node) === "write" &&
          streams.test(lastName(object)) &&
          node.parent.type === "CallExpression"
        ) {
          context.report({ node, messageId: "terminal" });
        }
      },
      // `const { stdout } = process`
      VariableDeclarator({ id, init }) {
        if (init?.type === "Identifier" && init.name === "process" && id.type === "ObjectPattern") {
          for (const property of id.properties) {
            if (property.type === "Property" && /^(stdout|stderr)$/.test(property.key.name ?? "")) {
              context.report({ node: property, messageId: "terminal" });
            }
          }
        }
      },
      ImportSpecifier(node) {
        if (files && /^(node:)?fs(\/promises)?$/.test(node.parent.source.value) && writers.test(node.imported.name)) {
          context.report({ node, messageId: "file" });
        }
      },
    };
  },
};

/** How a command begins: a program, and the word that follows it. */
const programs = {
  aws: "[a-z][a-z0-9-]+ [a-z][a-z0-9-]+",
  pulumi: "(up|preview|refresh|destroy|config|stack|state|import|login|logout|cancel|plugin|package|install|new)\\b",
  baseline: "(plan|adopt|audit|review|changed|fleet|drift|drill|respond|demo|emulator)\\b",
  npm: "(run|exec|ci|install)\\b",
  npx: "\\S",
};
const command = `(${Object.entries(programs)
  .map(([name, word]) => `${name} ${word}`)
  .join("|")})`;
/** Stands for an expression inside a text. */
const HOLE = "\u0000";
const begins = new RegExp(`^\\s*${command}`);
/** The front door of this tool, anywhere: it is named in one place. */
const frontDoor = /\b(npm run|npx) \S/;
/** A value in a command within a sentence: between backticks, or after the command's first words. */
const filled = new RegExp(`(\`${command}[^\`]*${HOLE}|(^|[\\s(:\`])${command}[^.;\`]*--[a-z-]+[ =]${HOLE})`);

const commandsFromBuilder = {
  meta: {
    type: "problem",
    docs: {
      description: "Commands to copy come from common/command.ts, which checks and quotes what is put into them.",
    },
    schema: [],
    messages: {
      command: "Make commands with awsCommand, baselineCommand or pulumiCommand of common/command.ts.",
    },
  },
  create(context) {
    const check = (node, text) => {
      if (begins.test(text) || frontDoor.test(text) || filled.test(text)) {
        context.report({ node, messageId: "command" });
      }
    };
    return {
      Literal(node) {
        const isName = /^(Import|Export)/.test(node.parent.type) || node.parent.type === "TSLiteralType";
        if (typeof node.value === "string" && !isName && node.parent.type !== "BinaryExpression") {
          check(node, node.value);
        }
      },
      TemplateLiteral(node) {
        if (node.parent.type !== "BinaryExpression") {
          check(node, textOf(node));
        }
      },
      BinaryExpression(node) {
        if (node.operator === "+" && node.parent.type !== "BinaryExpression") {
          check(node, textOf(node));
        }
      },
    };
  },
};

/** A text as it is put together, with a mark for each expression. */
function textOf(node) {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? node.value : HOLE;
    case "TemplateLiteral":
      return node.quasis.map(({ value }) => value.cooked ?? "").join(HOLE);
    case "BinaryExpression":
      return textOf(node.left) + textOf(node.right);
    default:
      return HOLE;
  }
}

function nameOf(member) {
  const { property, computed } = member;
  return computed ? String(property.value ?? "") : (property.name ?? "");
}

function lastName(node) {
  return node.type === "MemberExpression" ? nameOf(node) : node.type === "Identifier" ? node.name : "";
}

export default {
  rules: { "one-way-out": oneWayOut, "commands-from-builder": commandsFromBuilder },
};
