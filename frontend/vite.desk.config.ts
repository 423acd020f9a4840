import { resolve } from "node:path";
import { defineConfig } from "vite";

// The console of support agents. Its addresses are made on the client, so that assets are named from the root.
export default defineConfig({
  root: resolve(import.meta.dirname, "src/desk"),
  base: "/desk/",
  build: {
    // Within what the site build has cleared.
    outDir: resolve(import.meta.dirname, "../bot/web/static/desk"),
    emptyOutDir: true,
    target: "es2021",
    // The stylesheet uses light-dark(), which is not to be rewritten for older browsers.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
