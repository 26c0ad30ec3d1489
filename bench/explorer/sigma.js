// sigma with given places: as it comes, with arrows and labels on ties; or with its cheapest programs.
import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, NodePointProgram } from "sigma/rendering";
import { COLOURS, host, nodes, size, ties } from "./given.js";

const bare = window.__variant === "bare";
const small = Math.min(1, 18 / Math.sqrt(nodes.length)); // sizes are in pixels: many are drawn smaller
const graph = new Graph({ multi: true, type: "directed" });
for (const [id, label, family, x, y, count] of nodes) graph.addNode(id, { label, x, y, size: size(count) * small, color: COLOURS[family] });
for (const [one, other, label] of ties) graph.addDirectedEdge(nodes[one][0], nodes[other][0], { label, size: Math.max(0.5, small), color: "#cccccc" });
const drawing = new Sigma(graph, host, {
  labelRenderedSizeThreshold: 6 * small,
  ...(bare
    ? { defaultNodeType: "point", defaultEdgeType: "line", nodeProgramClasses: { point: NodePointProgram }, edgeProgramClasses: { line: EdgeLineProgram } }
    : { defaultEdgeType: "arrow", renderEdgeLabels: true }),
});
drawing.on("afterRender", window.__drawn);
drawing.refresh();
