import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

/** Escapes every other character: a page in another encoding would garble them, whatever the server says about the file. */
function asciiOnly(): Plugin {
  const escape = (unit: string): string => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0");
  return {
    name: "ascii-only",
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        // They stand in strings, templates and regular expressions only, where the escape means the same.
        if (chunk.type === "chunk") chunk.code = chunk.code.replace(/[^\0-\x7f]/g, escape);
      }
    },
  };
}

// The widget is one self-contained classic script, so that a single tag embeds it.
export default defineConfig({
  publicDir: false,
  plugins: [asciiOnly()],
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  build: {
    outDir: resolve(import.meta.dirname, "../bot/web/static"),
    emptyOutDir: false,
    target: "es2021",
    lib: {
      entry: resolve(import.meta.dirname, "src/widget/main.ts"),
      name: "MasternetChatWidget",
      formats: ["iife"],
      fileName: () => "widget.js",
    },
  },
});
