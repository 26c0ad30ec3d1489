import type { DrawnEdge, DrawnNode } from "./drawn";
import { edgeColor, nodeColor, type Palette } from "./looks";
import { shapeNumber } from "./marks";

/** From so many nodes on they are discs: too small for shapes. */
const PLAIN_NODES = 2_000;

/** A node as sigma is to draw it. */
export function dressedNode(node: DrawnNode, palette: Palette, crowd: number, hovered: boolean): Record<string, unknown> {
  const plain = crowd >= PLAIN_NODES && !node.chosen && !node.lit && !hovered;
  return {
    x: node.x, y: node.y, size: node.size, color: nodeColor(node, palette), type: plain ? "point" : "mark",
    shape: shapeNumber(node.node.family),
    ring: node.chosen ? palette.chosen : hovered ? palette.quiet : node.pinned ? palette.line : null,
    zIndex: node.chosen ? 3 : node.lit ? 2 : node.dim ? 0 : 1,
  };
}

/** An edge as sigma is to draw it: of many all are plain but those that the reader looks at. */
export function dressedEdge(edge: DrawnEdge, palette: Palette, crowd: number): Record<string, unknown> {
  const plain = !edge.arrow && !edge.chosen && !edge.lit;
  return {
    type: plain ? "line" : "tie", size: edge.chosen ? edge.width + 1 : edge.width, color: edgeColor(edge, palette, crowd),
    bend: edge.bend, dashed: edge.dashed, disputed: edge.disputed, arrow: edge.arrow || edge.chosen || edge.lit,
    zIndex: edge.chosen ? 3 : edge.lit ? 2 : edge.dim ? 0 : 1,
  };
}
