// Asks an endpoint each question that comes on standard input, by Comunica, and writes results as SPARQL JSON has them.
const { QueryEngine } = require(require.resolve("@comunica/query-sparql", { paths: [process.argv[2]] }));

const cell = (term) =>
  term.termType === "NamedNode"
    ? { type: "uri", value: term.value }
    : { type: "literal", value: term.value, "xml:lang": term.language || undefined, datatype: term.datatype.value };

async function answer(engine, { text, variables }, context) {
  if (text.startsWith("ASK")) return { boolean: await engine.queryBoolean(text, context) };
  if (text.startsWith("CONSTRUCT")) {
    const quads = await (await engine.queryQuads(text, context)).toArray();
    return { graph: quads.map((quad) => [quad.subject, quad.predicate, quad.object].map(cell)) };
  }
  const rows = await (await engine.queryBindings(text, context)).toArray();
  const bindings = rows.map((row) => Object.fromEntries([...row].map(([key, term]) => [key.value, cell(term)])));
  return { head: { vars: variables }, results: { bindings } };
}

async function main() {
  let given = "";
  for await (const part of process.stdin) given += part;
  const { endpoint, questions } = JSON.parse(given);
  const context = { sources: [{ type: "sparql", value: endpoint }] };
  const engine = new QueryEngine();
  const answers = [];
  for (const asked of questions) answers.push(await answer(engine, asked, context));
  process.stdout.write(JSON.stringify(answers));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
