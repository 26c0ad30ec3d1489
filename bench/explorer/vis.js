// vis-network with given places and no physics; everything else as it comes.
import { DataSet } from "vis-data/peer";
import { Network } from "vis-network/peer";
import { COLOURS, host, nodes, size, ties } from "./given.js";

const wide = 30 * Math.sqrt(nodes.length);
const drawing = new Network(
  host,
  {
    nodes: new DataSet(nodes.map(([id, label, family, x, y, count]) => (
      { id, label, x: x * wide, y: -y * wide, shape: "dot", size: size(count), color: COLOURS[family] }))),
    edges: new DataSet(ties.map(([one, other, label], id) => ({ id, from: nodes[one][0], to: nodes[other][0], label, arrows: "to" }))),
  },
  { physics: false, layout: { improvedLayout: false }, edges: { smooth: false } },
);
drawing.on("afterDrawing", window.__drawn);
drawing.fit();
