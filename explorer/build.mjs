// Bundles the explorer: one script and one style for every page, and one script for the SPARQL panel of served ones.
import { build } from "esbuild";
import { argv } from "node:process";

const watch = argv.includes("--readable");
await build({
  entryPoints: { explorer: "src/main.tsx", style: "src/style.css", sparql: "src/sparql/main.tsx" },
  outdir: "dist",
  bundle: true,
  minify: !watch,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
