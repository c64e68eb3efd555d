import { everyPolicy, type PolicyDescription } from "aws-prevention-baseline-policy-pack/policies";
import { type Control } from "../../components/foundation/control";
import { controls } from "../../components/controls";
import { alertsDocument } from "./alerts";
import { exportsFile } from "./exports";
import { accountsFileSchema, stackSchema } from "./schemas";
import { exampleFile, projectFile, settingsDocument, settingsModel } from "./settings";

/** Generated documents by path, from what stands beside the code. A test fails when one is stale. */
export function documents(): Record<string, string> {
  return {
    "docs/alerts.md": alertsDocument(generated("components/")),
    "docs/controls.md": controlsDocument(),
    "docs/policies.md": policiesDocument(),
    "docs/settings.md": settingsDocument(generated("components/*/settings.ts")),
    "Pulumi.yaml": projectFile(),
    "Pulumi.example.yaml": exampleFile(),
    "components/index.ts": exportsFile(),
    "components/foundation/settings/model.ts": settingsModel(),
    "schemas/accounts.schema.json": accountsFileSchema(),
    "schemas/stack.schema.json": stackSchema(),
  };
}

function controlsDocument(): string {
  return [
    "# Controls",
    "",
    generated("components/"),
    "",
    "What the baseline provisions, what each control stops, and which public controls it answers.",
    "",
    "| Control | In short | Where |",
    "| --- | --- | --- |",
    ...controls.map(({ id, title, scope }) => `| [${id}](#${id.toLowerCase()}) | ${title} | ${scope} |`),
    ...controls.flatMap(controlSection),
    "",
    "## By benchmark",
    "",
    "What each benchmark asks for and a control answers. Some of what is missing here `audit` looks for, and some only the",
    "account's own resources can answer. The rest a baseline could provision, and this one does not: AWS Security Hub,",
    "and Config rules about server certificates, TLS on buckets, databases, file systems and network ACLs.",
    "CIS 7.0 4.8 and 4.9 (data events of S3) are answered by AuditTrail once `auditTrail.dataEvents` names AWS::S3::Object.",
    "CIS 7.0 4.6 and CIS 5.0 3.6 (rotation of keys): AuditTrail rotates the baseline's own keys, and no other. CIS 7.0 2.14",
    "by a Config rule covers policies of the account; AWS's own AdministratorAccess is found by `audit`. CIS 7.0 5.1 and",
    "CIS 5.0 4.1: the alarm `unauthorized-api-calls` is there, with its actions switched off by default (`trailAlarms.quiet`),",
    "which Security Hub CloudWatch.17 reports.",
    ...Object.entries(benchmarks).flatMap(benchmarkSection),
    "",
  ].join("\n");
}

/** How answers begin, and what is meant. */
const benchmarks = {
  "CIS 7.0": "CIS AWS Foundations Benchmark 7.0",
  "CIS 5.0": "CIS AWS Foundations Benchmark 5.0",
  "Security Hub": "AWS Security Hub",
  Config: "AWS Config rules",
};

function benchmarkSection([benchmark, title]: [string, string]): string[] {
  const answered = new Map<string, string[]>();
  for (const { id, answers } of controls) {
    for (const answer of answers.filter((each) => each.startsWith(`${benchmark} `))) {
      const item = answer.slice(benchmark.length + 1);
      answered.set(item, [...(answered.get(item) ?? []), id]);
    }
  }
  const items = [...answered.keys()].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return [
    "",
    `### ${title} (${items.length})`,
    "",
    "| Item | Control |",
    "| --- | --- |",
    ...items.map((item) => {
      const links = answered.get(item)!.map((id) => `[${id}](#${id.toLowerCase()})`);
      return `| ${item} | ${links.join(", ")} |`;
    }),
  ];
}

function controlSection({ id, title, scope, stops, answers, cost, settings }: Control): string[] {
  return [
    "",
    `## ${id}`,
    "",
    `${title}.`,
    "",
    `- **Stops:** ${stops}`,
    `- **Where:** ${scope}`,
    `- **Answers:** ${answers.join(", ") || "no public benchmark asks for it"}`,
    `- **Monthly cost:** ${cost}`,
    `- **Settings:** [\`${settings.key}\`](settings.md#${settings.key.toLowerCase()})`,
  ];
}

function policiesDocument(): string {
  return [
    "# Policies",
    "",
    generated("policy-pack/policies/"),
    "",
    "What the policy pack refuses, on any Pulumi program. How to use and configure it stands in its",
    "[README](../policy-pack/README.md).",
    "",
    "| Policy | Level | Severity | Refuses |",
    "| --- | --- | --- | --- |",
    ...everyPolicy.map(({ id, level, severity, title }) => `| [${id}](#${id}) | ${level} | ${severity} | ${title} |`),
    ...everyPolicy.flatMap(policySection),
    "",
  ].join("\n");
}

function policySection(policy: PolicyDescription): string[] {
  const properties = Object.entries((policy.configSchema.properties ?? {}) as Record<string, Property>);
  return [
    "",
    `## ${policy.id}`,
    "",
    policy.description,
    "",
    `- **Level:** ${policy.level}, severity ${policy.severity}`,
    `- **Answers:** ${policy.frameworks.map(({ name, version, reference }) => `${name} ${version} ${reference}`).join("; ")}`,
    `- **How to fix:** ${policy.remediationSteps.replaceAll("\n", " ")}`,
    `- **Source:** <${policy.url}>`,
    "",
    "| Setting | Default | Meaning |",
    "| --- | --- | --- |",
    ...properties.map(([name, each]) => `| \`${name}\` | ${defaultOf(each)} | ${cell(each.description ?? "")} |`),
    "",
    `Resource types: ${policy.resourceTypes.map((type) => `\`${type}\``).join(", ")}.`,
  ];
}

interface Property {
  default?: unknown;
  description?: string;
}

function defaultOf({ default: value }: Property): string {
  return value === undefined ? "" : `\`${JSON.stringify(value)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function generated(from: string): string {
  // A script of this repository, not a command of the tool.
  // eslint-disable-next-line output/commands-from-builder
  return `<!-- Generated from ${from} by \`npm run docs\`; edit there. -->`;
}
