// Building blocks of the page: names are text, always.
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") made.addEventListener("click", value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}
const SVG = "http://www.w3.org/2000/svg";
function svg(tag, attributes = {}) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
function webLink(address, text) {
  return /^https?:\/\//i.test(address || "")
    ? el("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text) : document.createTextNode(text);
}
const nodeLink = (id) => el("button", { class: "link", type: "button", onclick: () => choose({ node: id }) }, nodes.get(id).name);
const badge = (text, kind = "") => el("span", { class: `badge ${kind}` }, text);
const tieWords = (tie) => `${nodes.get(tie.s).name} ${tie.label} ${nodes.get(tie.o).name}`;

// One shape a family, so that colour is never alone.
function shape(family, x, y, r) {
  const corners = (count, turn) => Array.from({ length: count }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / count;
    return `${(x + r * 1.15 * Math.cos(angle)).toFixed(2)},${(y + r * 1.15 * Math.sin(angle)).toFixed(2)}`;
  }).join(" ");
  const style = { class: `shape ${family}` };
  if (family === "organisation") return svg("circle", { ...style, cx: x, cy: y, r });
  if (family === "product") return svg("rect", { ...style, x: x - r * .92, y: y - r * .92, width: r * 1.84, height: r * 1.84, rx: r * .3 });
  const [count, turn] = { person: [4, 0], idea: [3, -Math.PI / 2], setting: [6, 0], happening: [5, -Math.PI / 2] }[family];
  return svg("polygon", { ...style, points: corners(count, turn) });
}
