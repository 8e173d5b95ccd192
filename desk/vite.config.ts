import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const API = process.env.CASELINE_API ?? "http://127.0.0.1:8080";

const WORTH_PACKING = /\.(js|css|svg)$/;

/** Packs what is built beside itself, once, so that the API need not do it for each visitor (api/desk.py). */
function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    writeBundle({ dir = "" }, bundle) {
      for (const name of Object.keys(bundle).filter((one) => WORTH_PACKING.test(one))) {
        const file = join(dir, name);
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
      }
    },
  };
}

export default defineConfig(({ command }) => ({
  base: "/desk/",
  plugins: [react(), packed()],
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
