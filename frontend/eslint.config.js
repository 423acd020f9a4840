import tseslint from "typescript-eslint";

const unsafe = "Text from others is shown as text nodes only.";

export default tseslint.config(
  { ignores: ["node_modules/**"] },
  ...tseslint.configs.recommended,
  {
    files: ["src/**/*.ts"],
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "no-eval": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: unsafe },
        { property: "outerHTML", message: unsafe },
        { property: "insertAdjacentHTML", message: unsafe },
        { object: "document", property: "write", message: unsafe },
      ],
      "no-restricted-imports": ["error", { patterns: ["lit/directives/unsafe*", "lit/static-html*"] }],
    },
  },
);
