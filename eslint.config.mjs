import eslint from "@eslint/js";
import tseslint from "typescript-eslint";
import outputRules from "./scripts/lint/output-rules.mjs";
import rooms from "./scripts/lint/rooms.mjs";
import sessionRules from "./scripts/lint/session-rules.mjs";

export default tseslint.config(
  { ignores: ["**/dist/**", "**/.dist-*/**", "node_modules/**", ".sandbox/**"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "no-console": "error",
      "max-lines": ["error", { max: 300 }],
    },
  },
  {
    files: ["**/*.ts"],
    ignores: ["test/**"],
    plugins: { rooms },
    rules: { "rooms/arrows": "error" },
  },
  {
    // The program and the policy pack ask AWS nothing through its SDK; the pack decides on raw inputs alone.
    files: ["components/**/*.ts", "bootstrap/**/*.ts", "policy-pack/**/*.ts"],
    ignores: ["components/**/verify*.ts", "components/foundation/verify/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: ["@aws-sdk/*"] }] },
  },
  {
    files: ["policy-pack/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: ["@aws-sdk/*", "@pulumi/aws"] }] },
  },
  {
    // One way out: what people read is made harmless in one place, and commands to copy are made in one place.
    files: ["**/*.ts"],
    ignores: ["test/**"],
    plugins: { output: outputRules },
    rules: { "output/one-way-out": "error", "output/commands-from-builder": "error" },
  },
  {
    // The doors themselves; the policy pack is a package of its own, whose `check` has its own door.
    files: ["common/terminal.ts", "common/style.ts", "common/files.ts", "policy-pack/check/main.ts"],
    rules: { "output/one-way-out": "off" },
  },
  {
    files: ["common/command.ts"],
    rules: { "output/commands-from-builder": "off" },
  },
  {
    // These write no reports: evidence and events line by line, locks, caches, stack files of the user, files of the
    // sandbox.
    files: [
      "common/file-lock.ts",
      "common/sdk/component-host.ts",
      "operations/apply/adopt/stack-settings.ts",
      "tools/**",
      "engine/**",
      "operations/evidence/**",
      "operations/respond/events/**",
      "sandbox/**",
    ],
    rules: { "output/one-way-out": ["error", { files: false }] },
  },
  {
    // One identity for each run: only a session makes clients.
    files: ["aws/**/*.ts", "common/**/*.ts", "engine/**/*.ts", "operations/**/*.ts", "tools/**/*.ts"],
    ignores: [
      // The session itself, and what it makes its clients with.
      "aws/**",
      // Measures the timeline on a server that knows CloudTrail's call alone, and could not say who is asking.
      "tools/bench/trail-work.ts",
    ],
    plugins: { session: sessionRules },
    rules: { "session/one-session": "error" },
  },
  {
    // Generated: as long as there are settings.
    files: ["components/foundation/settings/model.ts"],
    rules: { "max-lines": "off" },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "max-lines": "off" },
  },
  {
    files: ["**/*.cjs", "scripts/**"],
    languageOptions: {
      globals: {
        ...{ process: "readonly", console: "readonly", URL: "readonly" },
        ...{ require: "readonly", module: "writable", __dirname: "readonly" },
      },
    },
  },
);
