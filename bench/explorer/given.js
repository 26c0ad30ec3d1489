// What the pages of the libraries are given: the nodes, ties and places of our own page.
export const { nodes, ties } = JSON.parse(document.getElementById("given").textContent);
export const COLOURS = { organisation: "#2b6cb0", product: "#dd6b20", idea: "#2f855a", person: "#805ad5" };
export const size = (count) => 3 + 2 * Math.sqrt(count);
export const host = document.getElementById("host");
