import { svelte } from "@sveltejs/vite-plugin-svelte";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig, loadEnv, type Plugin } from "vite";

/** Compressed copies beside the files, so that the server has no work with them. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    closeBundle() {
      for (const name of readdirSync("dist", { recursive: true, encoding: "utf8" })) {
        if (!/\.(js|css|html|svg)$/.test(name)) continue;
        const bytes = readFileSync(`dist/${name}`);
        const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
        writeFileSync(`dist/${name}.br`, brotliCompressSync(bytes, options));
        writeFileSync(`dist/${name}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}


export default defineConfig(({ mode }) => {
  // The server that `cargo xtask dev` starts beside this one.
  const { MASTHEAD_DEV_SERVER: server = "http://localhost:2368" } = loadEnv(mode, ".", "MASTHEAD_");
  return {
    base: "/desk/",
    plugins: [svelte(), compressed()],
    build: {
      target: "es2022",
      // Browsers that know `light-dark()`, popovers and `:popover-open`; older ones would be given a copy of each colour.
      cssTarget: ["chrome123", "firefox125", "safari17.5"],
      sourcemap: false,
      modulePreload: { polyfill: false },
      // The policy of the pages takes files only: nothing is put into them as data.
      assetsInlineLimit: 0,
      rolldownOptions: {
        output: {
          // What every screen shares comes in one file rather than in twenty.
          codeSplitting: { groups: [{ name: "shell", test: /node_modules\/(svelte|esm-env|clsx)\/|src\/(lib|api)\/|src\/words\/index/ }] },
        },
      },
    },
    server: {
      port: 5173,
      strictPort: true,
      // Everything that is not the desk's own source comes from the magazine, so that cookies stay same-origin.
      proxy: Object.fromEntries(
        ["/desk/api", "/desk/sign-in", "/desk/sign-out", "/desk/reset", "/desk/join", "/desk/first", "/desk/preview", "/desk/passkey.js", "/content", "/assets"].map(
          (path) => [path, { target: server }],
        ),
      ),
    },
  };
});
