import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/dist/**", "node_modules/**", ".sandbox/**"] },
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
    // Rooms: what each may import. The direction is the design; a cycle or a short cut fails here.
    files: ["components/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: ["**/policy-pack/**", "**/sandbox/**", "**/operations/**", "@aws-sdk/*"] },
      ],
    },
  },
  {
    files: ["policy-pack/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            "**/components/**",
            "**/sandbox/**",
            "**/operations/**",
            "../common/*",
            "@aws-sdk/*",
            "@pulumi/aws",
          ],
        },
      ],
    },
  },
  {
    files: ["bootstrap/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: ["**/policy-pack/**", "**/sandbox/**", "**/operations/**", "@aws-sdk/*"] },
      ],
    },
  },
  {
    files: ["sandbox/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: ["**/operations/**", "**/components/**"] }] },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "max-lines": "off" },
  },
  {
    files: ["scripts/**", "test/support/*.cjs"],
    languageOptions: {
      globals: { process: "readonly", console: "readonly", require: "readonly", module: "writable", URL: "readonly" },
    },
  },
);
