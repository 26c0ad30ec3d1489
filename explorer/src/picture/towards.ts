import { otherEnd } from "../graph/known";
import type { Drawn } from "./drawn";

/** The thing that lies that way: of those it is tied to, else of all. */
export function towards(drawn: Drawn, id: string | null, turn: number): string | null {
  const from = id ? drawn.nodes.get(id) : undefined;
  if (!from) return [...drawn.nodes.values()].sort((one, two) => two.node.ties - one.node.ties)[0]?.node.id ?? null;
  const tied = new Set(from.node.edges.filter((edge) => drawn.edges.has(edge.key)).map((edge) => otherEnd(edge, from.node.id).id));
  let best: { id: string; cost: number } | null = null;
  for (const [other, node] of drawn.nodes) {
    if (other === id) continue;
    const [dx, dy] = [node.x - from.x, node.y - from.y];
    const off = Math.abs(((Math.atan2(dy, dx) * 180) / Math.PI - turn + 540) % 360 - 180);
    if (off > 60) continue;
    const cost = Math.hypot(dx, dy) * (1 + off / 45) * (tied.has(other) ? 1 : 4);
    if (!best || cost < best.cost) best = { id: other, cost };
  }
  return best?.id ?? null;
}
