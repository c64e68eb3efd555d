/**
 * The parts of two public schemas that an export of the fleet may use, written by hand and closed: a field that is not
 * here is a field the receiver would drop without a word.
 */
const text = { type: "string" };
const texts = { type: "array", items: text };
const yes = { type: "boolean" };

function closed(properties: Record<string, object>, required: string[] = []): object {
  return { type: "object", properties, required, additionalProperties: false };
}

const secretRef = closed({ name: text, namespace: text, key: text }, ["name", "key"]);
const resourceRef = {
  oneOf: [
    closed({ type: { const: "Secret" }, secret: secretRef }, ["type", "secret"]),
    closed({ type: { const: "Env" }, env: closed({ name: text }, ["name"]) }, ["type", "env"]),
    closed({ type: { const: "FS" }, filesystem: closed({ path: text }, ["path"]) }, ["type", "filesystem"]),
    closed({ type: { const: "Literal" }, literal: closed({ value: text }, ["value"]) }, ["type", "literal"]),
  ],
};

/** Stack of `pulumi.com/v1`. Source: Pulumi Kubernetes Operator v2 reference, docs/stacks.md, fields of `StackSpec`. */
export const operatorStack = closed(
  {
    apiVersion: { const: "pulumi.com/v1" },
    kind: { const: "Stack" },
    metadata: {},
    spec: closed(
      {
        stack: text,
        projectRepo: text,
        repoDir: text,
        branch: text,
        commit: text,
        shallow: yes,
        gitAuth: {},
        backend: text,
        secretsProvider: text,
        environment: texts,
        config: { type: "object", additionalProperties: true },
        secretsRef: { type: "object", additionalProperties: resourceRef },
        envRefs: { type: "object", additionalProperties: resourceRef },
        serviceAccountName: text,
        targets: texts,
        preview: yes,
        refresh: yes,
        runProgram: yes,
        expectNoRefreshChanges: yes,
        destroyOnFinalize: yes,
        retryOnUpdateConflict: yes,
        retryMaxBackoffDurationSeconds: { type: "integer" },
        continueResyncOnCommitMatch: yes,
        resyncFrequencySeconds: { type: "integer", minimum: 60 },
        useLocalStackOnly: yes,
        workspaceReclaimPolicy: { enum: ["Retain", "Delete"] },
      },
      ["stack"],
    ),
  },
  ["apiVersion", "kind", "spec"],
);

/** Settings of a stack's deployments. Source: Pulumi Cloud REST API reference, Deployments, "Settings". */
export const deploymentSettings = closed({
  sourceContext: closed({
    git: closed({ repoUrl: text, branch: text, commit: { type: "string", pattern: "^[0-9a-f]{40}$" }, repoDir: text }),
  }),
  operationContext: closed({
    preRunCommands: texts,
    environmentVariables: { type: "object" },
    oidc: closed({
      aws: closed(
        {
          roleArn: text,
          sessionName: text,
          duration: { type: "string", pattern: "^(\\d+h)?(\\d+m)?(\\d+s)?$" },
          policyArns: texts,
        },
        ["roleArn", "sessionName"],
      ),
    }),
    options: closed({
      skipInstallDependencies: yes,
      skipIntermediateDeployments: yes,
      deleteAfterDestroy: yes,
      shell: text,
    }),
  }),
  executorContext: {},
  gitHub: {},
});
