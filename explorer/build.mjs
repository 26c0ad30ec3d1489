// Bundles the explorer: one script and one style for every page, and one script for the SPARQL panel of served ones.
// What went into the bundles is told in dist/metafile.json, so that licences can be collected.
import { build } from "esbuild";
import { writeFile } from "node:fs/promises";
import { argv, exit } from "node:process";

const readable = argv.includes("--readable");
const { metafile } = await build({
  entryPoints: { explorer: "src/main.tsx", style: "src/style.css", sparql: "src/sparql/main.tsx" },
  outdir: "dist",
  bundle: true,
  minify: !readable,
  metafile: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
}).catch(() => exit(1)); // what is wrong has been printed, place by place
await writeFile("dist/metafile.json", JSON.stringify(metafile));
