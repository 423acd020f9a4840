import { resolve } from "node:path";
import { defineConfig } from "vite";

// The demo website. The console has a configuration of its own, as its base is another.
const site = resolve(import.meta.dirname, "src/site");

export default defineConfig({
  root: site,
  base: "./",
  build: {
    outDir: resolve(import.meta.dirname, "../bot/web/static"),
    // This build runs first and clears the folder; the widget build adds to it.
    emptyOutDir: true,
    target: "es2021",
    // A strict Content-Security-Policy allows no data: styles or inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { site: resolve(site, "index.html") } },
  },
});
