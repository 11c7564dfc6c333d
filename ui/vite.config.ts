import { fileURLToPath } from "node:url";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Refuses scripts that import each other in a circle: which of them runs first would depend on the screen opened first. */
function noCircularChunks(): Plugin {
  return {
    name: "no-circular-chunks",
    generateBundle(_options, bundle) {
      const done = new Set<string>();
      const visit = (file: string, path: string[]) => {
        if (path.includes(file)) this.error(`scripts import each other: ${[...path, file].join(" → ")}`);
        const chunk = bundle[file];
        if (done.has(file) || chunk?.type !== "chunk") return;
        for (const next of chunk.imports) visit(next, [...path, file]);
        done.add(file);
      };
      for (const file of Object.keys(bundle)) visit(file, []);
    },
  };
}

export default defineConfig({
  plugins: [
    react(),
    noCircularChunks(),
    // React Aria brings its words in 34 languages; the window speaks English so far. Half the bundle otherwise.
    { ...optimizeLocales.vite({ locales: ["en-US"] }), enforce: "pre" },
  ],
  clearScreen: false,
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { port: 1420, strictPort: true },
  build: {
    // The oldest web view the shell runs in: WebKitGTK 2.40 and WebView2.
    target: ["safari16.4", "chrome111"],
    // The content security policy allows files of our own only, no data: URLs.
    assetsInlineLimit: 0,
    // One small file of styles: its rules keep their order whichever screen comes first.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name }) => `assets/${name.startsWith("shared~") ? "shared" : "[name]"}-[hash].js`,
        codeSplitting: {
          groups: [
            // What every first screen needs is one file; what the same later ones share comes in one each. Small ones are
            // not merged further: merged, they import each other, and lists of actions then hold what is not there yet.
            { name: "index", tags: ["$initial"], priority: 2 },
            { name: "shared", minShareCount: 2, entriesAware: true, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    environment: "happy-dom",
    globalSetup: ["src/ipc/testing/template.ts"],
    setupFiles: ["src/testing/setup.ts"],
    css: false,
    testTimeout: 60_000,
    // Half of the time a test waits for its desk.
    maxWorkers: "100%",
  },
});
