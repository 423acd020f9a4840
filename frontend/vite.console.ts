import { resolve } from "node:path";
import { defineConfig, type UserConfig } from "vite";

/** The build of a console of staff. Its addresses are made on the client, so that assets are named from the root. */
export const consoleBuild = (name: string): UserConfig =>
  defineConfig({
    root: resolve(import.meta.dirname, `src/${name}`),
    base: `/${name}/`,
    build: {
      // Within what the site build has cleared.
      outDir: resolve(import.meta.dirname, `../bot/web/static/${name}`),
      emptyOutDir: true,
      target: "es2021",
      // The stylesheet uses light-dark(), which is not to be rewritten for older browsers.
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  });
