const sdk = /^@aws-sdk\/client-/;
/** Functions that make clients which belong to no session. */
const makers = /^(accountClients|lazyClients)$/;

/**
 * Whose account it is, is known for the clients of a session alone (aws/session.ts): they share one source of
 * credentials, and are held to the identity that the run began with.
 */
const oneSession = {
  meta: {
    type: "problem",
    docs: { description: "Operations take their AWS clients from the session of the run." },
    schema: [],
    messages: {
      session: "Take clients from a session of aws/session.ts: it knows whose account it is.",
    },
  },
  create(context) {
    const report = (node) => context.report({ node, messageId: "session" });
    return {
      ImportDeclaration({ source, importKind, specifiers }) {
        if (importKind === "type") {
          return;
        }
        for (const each of specifiers) {
          const isMaker = each.type === "ImportSpecifier" && makers.test(each.imported.name);
          if (each.importKind !== "type" && (isMaker || sdk.test(source.value))) {
            report(each);
          }
        }
      },
      ExportSpecifier(node) {
        if (makers.test(node.local.name ?? "")) {
          report(node);
        }
      },
      // `const { accountClients } = await import(...)`, `clients.accountClients(...)`
      Property({ parent, key }) {
        if (parent.type === "ObjectPattern" && makers.test(key.name ?? key.value ?? "")) {
          report(key);
        }
      },
      MemberExpression({ property }) {
        if (makers.test(property.name ?? property.value ?? "")) {
          report(property);
        }
      },
      ImportExpression({ source }) {
        if (sdk.test(source.value ?? "")) {
          report(source);
        }
      },
      CallExpression({ callee, arguments: [first] }) {
        if (callee.name === "require" && sdk.test(first?.value ?? "")) {
          report(callee);
        }
      },
    };
  },
};

export default { rules: { "one-session": oneSession } };
