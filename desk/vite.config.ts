import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const API = process.env.CASELINE_API ?? "http://127.0.0.1:8080";

export default defineConfig(({ command }) => ({
  base: "/desk/",
  plugins: [react()],
  resolve: {
    tsconfigPaths: true,
    // The forms' own validator compiles schemas, which the page's policy forbids; only their test helper names it.
    alias: { "@rjsf/validator-ajv8": fileURLToPath(new URL("src/forms/validator.ts", import.meta.url)) },
  },
  // Replaced in each answer by api/desk.py; the page hands it on to Ant Design, whose styles are made in the browser.
  html: command === "build" ? { cspNonce: "%NONCE%" } : {},
  build: {
    outDir: "../api/static/desk",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: "es2022",
    chunkSizeWarningLimit: 900, // in kB before compression: React and Ant Design, which every page needs
  },
  server: { proxy: { "/v1": API, "/sandbox": API } },
  test: { include: ["src/**/*.test.{ts,tsx}"] },
}));
