import { join } from "node:path";
import { readFileSync } from "node:fs";
import { packageRoot } from "../../common/package-root";
import { wrap } from "../../common/table";
import { generalSettings } from "../../components/foundation/settings/general";
import { projectName } from "../../components/foundation/tags";
import { settingsParts } from "../../components/settings";
import { type JsonSchema, jsonSchema } from "./json-schema";
import { commented, folded, inline } from "./yaml-text";
import { notesOf } from "./notes";

/** One setting as the documents show it. */
interface Shown {
  key: string;
  schema: JsonSchema;
  help: string;
  /** As in the example file; the default unless an example is needed. */
  example: unknown;
  sample?: unknown;
}

interface ShownPart {
  key: string;
  help: string;
  schema: JsonSchema;
  entries: Shown[];
}

function shown(key: string, source: Parameters<typeof notesOf>[0]): Shown {
  const schema = jsonSchema(source);
  const { help = "", example, sample } = notesOf(source);
  return { key, schema, help, example: example ?? schema.default ?? "", ...(sample !== undefined && { sample }) };
}

export const general: Shown[] = Object.entries(generalSettings).map(([key, source]) => shown(key, source));

export const parts: ShownPart[] = settingsParts.map(({ key, help, schema, entries }) => {
  const own = Object.entries(entries).map(([inner, source]) => shown(inner, source));
  return { key, help, schema: jsonSchema(schema), entries: own };
});

/** `Pulumi.yaml` with the settings that the controls have; what precedes `config:` stays as it is. */
export function projectFile(): string {
  const text = readFileSync(join(packageRoot(), "Pulumi.yaml"), "utf8");
  const head = text.slice(0, text.indexOf("\nconfig:") + 1);
  return [
    head + "config:",
    ...general.flatMap(({ key, schema, help }) => [
      `  ${key}:`,
      `    type: ${schema.type === "array" || schema.type === "object" ? schema.type : "string"}`,
      ...(schema.type === "array" ? ["    items:", "      type: string"] : []),
      "    description: >-",
      ...folded(help, 6),
      `    default: ${inline(schema.default ?? "")}`,
    ]),
    ...parts.flatMap(({ key, help, entries }) => [
      `  ${key}:`,
      "    type: object",
      "    description: >-",
      ...folded(`${help} ${entries.map((each) => `${each.key}: ${firstSentence(each.help)}`).join(" ")}`, 6),
      "    default:",
      ...entries.map((each) => `      ${each.key}: ${inline(each.schema.default)}`),
    ]),
    "",
  ].join("\n");
}

/** `Pulumi.example.yaml`: every setting explained, with its default. */
export function exampleFile(): string {
  return [
    "# yaml-language-server: $schema=schemas/stack.schema.json",
    // A script of this repository, not a command of the tool.
    // eslint-disable-next-line output/commands-from-builder
    "# Generated from components/*/settings.ts by `npm run docs`; edit there.",
    "# One account's stack file, every setting explained. Copy it to Pulumi.<stack>.yaml and keep what differs from the",
    "# defaults, which are shown here, except for three examples: the region, the tag and the mailbox.",
    "config:",
    "  # The provider's region. Always set it: regional resources name their own region, the account-wide ones need one.",
    "  aws:region: us-east-1",
    "",
    "  # Refuse to run against any other account than this one. Recommended; the number is an example.",
    '  # aws:allowedAccountIds: ["123456789012"]',
    ...general.flatMap(({ key, help, example }) => [
      "",
      ...commented(help, 2),
      ...(isFilledMap(example) ? mapLines(key, example) : [`  ${projectName}:${key}: ${inline(example)}`]),
    ]),
    ...parts.flatMap(({ key, help, entries }) => [
      "",
      ...commented(help, 2),
      `  ${projectName}:${key}:`,
      ...entries.flatMap((each) => [
        ...(each.key === "enabled" ? [] : commented(each.help, 4)),
        ...(each.sample === undefined ? [] : [`    # For example: ${inline(each.sample)}`]),
        `    ${each.key}: ${inline(each.example)}`,
      ]),
    ]),
    "",
  ].join("\n");
}

function isFilledMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

function mapLines(key: string, map: Record<string, unknown>): string[] {
  return [`  ${projectName}:${key}:`, ...Object.entries(map).map(([inner, value]) => `    ${inner}: ${inline(value)}`)];
}

/** `docs/settings.md`. */
export function settingsDocument(generated: string): string {
  return [
    "# Settings",
    "",
    generated,
    "",
    "Every setting of a stack, with its default. They are set in `Pulumi.<stack>.yaml`, under `config`, with the name of the",
    `project in front, as \`${projectName}:namePrefix\`. [Pulumi.example.yaml](../Pulumi.example.yaml) has all of them; copy`,
    "it and keep what differs. A map is completed from its defaults, key by key. With the first line of that file, editors",
    "that know JSON schemas complete and check the settings. Settings that are wrong are refused before anything is created,",
    "all problems together, each with its line in the stack file.",
    "",
    "## General",
    "",
    ...table(general),
    ...parts.flatMap(({ key, help, entries }) => ["", `## ${key}`, "", help, "", ...table(entries)]),
    "",
  ].join("\n");
}

function table(entries: Shown[]): string[] {
  return [
    "| Setting | Default | Allowed | Meaning |",
    "| --- | --- | --- | --- |",
    ...entries.map(
      ({ key, schema, help }) =>
        `| \`${key}\` | ${schema.default === undefined ? "" : `\`${inline(schema.default)}\``} | ${allowed(schema)} | ${cell(help)} |`,
    ),
  ];
}

function allowed(schema: JsonSchema): string {
  const { enum: options, minimum, maximum, type, items, maxItems } = schema;
  if (options && options.length <= 25) {
    return options.map((each) => `\`${String(each)}\``).join(", ");
  }
  if (type === "array") {
    const of = items?.enum && items.enum.length <= 25 ? ` of ${allowed(items)}` : "";
    return `a list${of}, at most ${String(maxItems)}`;
  }
  return minimum !== undefined && maximum !== undefined
    ? `${minimum} to ${maximum}`
    : ({ object: "a map", boolean: "`true`, `false`" }[String(type)] ?? "a text");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("*", "\\*").replaceAll("<", "&lt;");
}

/** `components/foundation/settings/model.ts`: plain interfaces, which Pulumi's analyzer can read. */
export function settingsModel(): string {
  const named: string[] = [];
  const typeOf = (schema: JsonSchema): string => {
    if (schema.title !== undefined) {
      named.push(...interfaceLines(schema.title, schema, typeOf));
      return schema.title;
    }
    if (schema.type === "array") {
      return `${typeOf(schema.items ?? {})}[]`;
    }
    if (schema.type === "object") {
      return `Record<string, ${typeOf(schema.additionalProperties || {})}>`;
    }
    return { integer: "number", number: "number", boolean: "boolean" }[String(schema.type)] ?? numberOrText(schema);
  };
  const lines = [
    // A script of this repository, not a command of the tool.
    // eslint-disable-next-line output/commands-from-builder
    "// Generated from components/*/settings.ts by `npm run docs`; edit there.",
    "",
    "/** The stack's settings: complete, validated, with the defaults filled in. */",
    "export interface BaselineSettings {",
    ...general.flatMap(({ key, schema, help }) => [...jsDoc(help, 2), `  ${key}: ${typeOf(schema)};`]),
    ...parts.map(({ key }) => `  ${key}: ${upper(key)}Settings;`),
    "}",
    ...parts.flatMap(({ key, help, schema }) => {
      const { enabled, ...options } = schema.properties ?? {};
      const own = { ...schema, properties: options };
      return enabled === undefined
        ? ["", ...jsDoc(help, 0), ...interfaceLines(`${upper(key)}Settings`, own, typeOf).slice(1)]
        : [
            ...interfaceLines(`${upper(key)}Options`, own, typeOf),
            "",
            ...jsDoc(help, 0),
            `export interface ${upper(key)}Settings extends ${upper(key)}Options {`,
            "  enabled: boolean;",
            "}",
          ];
    }),
  ];
  return [...lines, ...named, ""].join("\n");
}

function numberOrText({ enum: options = [] }: JsonSchema): string {
  return options.length > 0 && options.every((each) => typeof each === "number") ? "number" : "string";
}

function interfaceLines(
  name: string,
  { properties = {} }: JsonSchema,
  typeOf: (schema: JsonSchema) => string,
): string[] {
  return [
    "",
    `export interface ${name} {`,
    ...Object.entries(properties).flatMap(([key, schema]) => [
      ...jsDoc(schema.description ?? "", 2),
      `  ${key}: ${typeOf(schema)};`,
    ]),
    "}",
  ];
}

function jsDoc(help: string, indent: number): string[] {
  const space = " ".repeat(indent);
  const lines = help === "" ? [] : wrap(firstSentence(help), 112 - indent);
  return lines.length <= 1
    ? lines.map((line) => `${space}/** ${line} */`)
    : [`${space}/**`, ...lines.map((line) => `${space} * ${line}`), `${space} */`];
}

function upper(key: string): string {
  return `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s[A-Z`]|$)/.exec(text)?.[0] ?? text;
}
