// The pane beside the picture: a thing, a tie, a conflict; each claim with who says it and where.
const pane = (name) => document.getElementById(`pane-${name}`);
const HEADINGS = { ...Object.fromEntries(groups), deal: "Deals", observation: "Figures", occurrence: "Events" };
const ORDER = ["structure", "people", "making", "technology", "business", "market", "deal", "observation", "occurrence", "remarks"];

function sourceLine(source, more) {
  const about = [source.publisher, source.published || "undated"].filter(Boolean).join(", ");
  return el("p", { class: "where" }, webLink(source.url, source.title), ` (${about})`, more);
}
function claimCard(id) {
  const claim = claims.get(id);
  const rows = disputes.get(id) || [];
  const card = el("article", { class: `claim ${claim.factual ? "" : "guess"} ${rows.length ? "disputed" : ""}`, "data-claim": claim.key });
  card.append(el("p", {}, claim.text));
  card.append(el("p", { class: "sub" }, claim.says));
  const line = el("p", { class: "who" }, badge(claim.modality, claim.factual ? "" : "guess"));
  if (rows.length) line.append(badge("disputed", "disputed"));
  if (claim.rank !== "normal") line.append(badge(claim.rank, "derived"));
  line.append(claim.who, claim.when ? ` · ${claim.when}` : "");
  card.append(line);
  for (const place of claim.places) {
    card.append(sourceLine(graph.sources[place.source], `, ${place.at}`));
    card.append(place.words ? el("blockquote", {}, `“${place.words}”`) : el("p", { class: "where" }, "text not here"));
  }
  if (!claim.places.length) card.append(sourceLine(graph.sources[claim.source], ", text not here"));
  if (claim.restates) card.append(el("p", { class: "where" }, `says again: ${byKey.get(claim.restates)?.text ?? claim.restates}`));
  for (const conflict of rows) {
    card.append(el("p", { class: "where" }, "against: ", ...conflict.claims.filter((side) => side !== id).map((side) =>
      el("button", { class: "link", type: "button", onclick: () => { open("conflicts"); document.getElementById(`conflict-${conflict.id}`)?.scrollIntoView(); } }, claims.get(side).text))));
  }
  card.append(el("p", { class: "where" }, claim.key));
  return card;
}
function showNode(node) {
  const box = pane("details");
  box.replaceChildren(el("h2", {}, node.name), el("p", { class: "sub" }, `${node.kind} · ${node.id}`));
  if (node.names.length) box.append(el("p", { class: "sub" }, `also ${node.names.map(([text, language]) => `${text} (${language})`).join(", ")}`));
  if (node.identifiers.length) box.append(el("p", { class: "sub" }, node.identifiers.map((row) => row.join(" ")).join(", ")));
  if (node.description) box.append(el("p", {}, node.description));
  const own = [...claims].filter(([, claim]) => claim.about.includes(node.id) && !(claim.restates && byKey.has(claim.restates)));
  box.append(neighbours(node));
  for (const group of ORDER) {
    const rows = own.filter(([, claim]) => claim.group === group)
      .sort(([, a], [, b]) => (b.factual - a.factual) || a.sort.localeCompare(b.sort) || a.key.localeCompare(b.key));
    if (rows.length) box.append(el("h3", {}, `${HEADINGS[group]} (${rows.length})`), ...rows.map(([id]) => claimCard(id)));
  }
  if (!own.length) box.append(el("p", {}, "Nothing is said of it beyond its name: not known."));
}
function neighbours(node) {
  const list = el("ul", { class: "plain" });
  const rows = new Map();
  for (const tie of tiesOf.get(node.id)) {
    const words = tie.s === node.id ? tie.label : tie.inverse, to = other(tie, node.id), key = `${words} ${to}`;
    if (!rows.has(key) || (rows.get(key).tie.rule && !tie.rule)) rows.set(key, { words, to, tie });
  }
  for (const { words, to, tie } of [...rows.values()].sort((a, b) => a.words.localeCompare(b.words) || nodes.get(a.to).name.localeCompare(nodes.get(b.to).name))) {
    if (tie.group === "remarks") continue;
    list.append(el("li", {}, el("button", { class: "link", type: "button", onclick: () => choose({ tie: tie.id }) }, words), " ", nodeLink(to), " ",
      tie.rule ? badge("derived", "derived") : "", tie.factual ? "" : badge("only claimed", "guess"), isDisputed(tie) ? badge("disputed", "disputed") : ""));
  }
  return list.children.length ? el("section", {}, el("h3", {}, "Ties"), list) : el("span");
}
function showTie(tie) {
  const box = pane("details");
  box.replaceChildren(el("h2", {}, tieWords(tie)));
  box.append(el("p", { class: "sub" }, nodeLink(tie.s), " · ", tie.label, " · ", nodeLink(tie.o)));
  const line = el("p", {}, tie.factual ? badge("may be read as a fact") : badge("only claimed", "guess"));
  if (tie.rule) line.append(badge("derived", "derived"), ` by the rule: ${graph.rules[tie.rule]}`);
  box.append(line, el("h3", {}, tie.rule ? "It rests on" : "Who says so"), ...tie.claims.map(claimCard));
  const beside = tiesOf.get(tie.s).filter((row) => row.id !== tie.id && other(row, tie.s) === tie.o);
  if (beside.length) {
    box.append(el("h3", {}, "Other ties of these two"), el("ul", { class: "plain" }, ...beside.map((row) =>
      el("li", {}, el("button", { class: "link", type: "button", onclick: () => choose({ tie: row.id }) }, tieWords(row)), " ", row.rule ? badge("derived", "derived") : ""))));
  }
}
function showWelcome() {
  const top = [...graph.nodes].filter((node) => node.degree).sort((a, b) => b.degree - a.degree).slice(0, 8);
  pane("details").replaceChildren(
    el("h2", {}, "Who is tied to whom, and who says so"),
    el("p", {}, "Choose a thing or a tie: here is then every claim behind it, with its speaker, how sure it is, when it held, and the place in the source. Dashed ties are forecasts or opinions, pale ones follow by a rule, red ones are disputed."),
    el("h3", {}, "Begin with"), el("ul", { class: "plain" }, ...top.map((node) => el("li", {}, nodeLink(node.id), ` ${node.kind}`))));
}
function showConflicts() {
  const box = pane("conflicts");
  box.replaceChildren(el("h2", {}, "Where claims disagree"), el("p", { class: "sub" }, "Every side is kept; none is taken for the truth."));
  for (const conflict of graph.conflicts) {
    box.append(el("section", { id: `conflict-${conflict.id}` }, el("h3", {}, conflict.curated ? conflict.id.replaceAll("-", " ") : "found by comparing"),
      el("p", {}, `${conflict.why}. ${conflict.note}`), ...conflict.claims.map(claimCard)));
  }
  if (!graph.conflicts.length) box.append(el("p", {}, "No two claims are known to disagree."));
}
