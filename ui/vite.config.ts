import { fileURLToPath } from "node:url";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [
    react(),
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
            // What every first screen needs is one file; what several later ones share comes in few, not in sixty.
            { name: "index", tags: ["$initial"], priority: 2 },
            { name: "shared", minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 2_000, priority: 1 },
          ],
        },
      },
    },
  },
  test: { environment: "happy-dom", setupFiles: ["src/testing/setup.ts"], css: false, testTimeout: 30_000 },
});
