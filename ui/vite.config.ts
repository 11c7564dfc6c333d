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
    // One file from the local disk starts faster than several.
    chunkSizeWarningLimit: 1500,
  },
  test: { environment: "happy-dom", setupFiles: ["src/testing/setup.ts"], css: false, testTimeout: 30_000 },
});
