import { claimsOf } from "../graph/passing";
import type { Hit, Picture } from "../picture/picture";
import type { Point } from "../state/scene";
import { usePage } from "./context";
import { counted } from "./names";

/** A word on what the pointer is over. */
export function Tip({ hit, picture }: { hit: Hit; picture: Picture | null }) {
  const { store, actions } = usePage();
  if (!hit || !picture) return null;
  const drawn = store.drawn.value;
  if (hit.sort === "node") {
    const node = drawn.nodes.get(hit.id);
    if (!node) return null;
    const at = picture.screen(node);
    return <div class="tip" ref={put(at)}>{node.node.name}<span class="quiet"> · {store.about.kinds[node.node.kind]!.label} · {counted(node.node.ties, "tie")}</span></div>;
  }
  const edge = drawn.edges.get(hit.id);
  const [one, two] = [edge && drawn.nodes.get(edge.edge.subject.id), edge && drawn.nodes.get(edge.edge.object.id)];
  if (!edge || !one || !two) return null;
  const claims = claimsOf(edge.edge.ties);
  const at = picture.screen({ x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 });
  return <div class="tip" ref={put(at)}>{actions.edgeWords(edge.edge)}<span class="quiet"> · {counted(claims.length, "claim")}{edge.disputed ? " · disputed" : ""}</span></div>;
}

/** Styles are set by script, never as an attribute: the page's policy lets no other pass. */
function put(at: Point): (element: HTMLElement | null) => void {
  return (element) => {
    if (!element) return;
    const frame = element.parentElement!;
    element.style.left = `${Math.max(4, Math.min(at.x + 12, frame.clientWidth - element.offsetWidth - 4))}px`;
    element.style.top = `${Math.max(4, Math.min(at.y + 14, frame.clientHeight - element.offsetHeight - 4))}px`;
  };
}

/** What can be done with a thing or a tie. */
export function Menu({ hit, at, onClose }: { hit: Hit; at: Point; onClose: () => void }) {
  const { store, actions } = usePage();
  if (!hit) return null;
  const items: [string, () => void][] = [];
  let title = "";
  if (hit.sort === "node") {
    const { id } = hit;
    title = store.known.name(id);
    const leaves = actions.leaves(id).size;
    items.push(
      ["Open", () => void actions.open(id)],
      ["Expand", () => void actions.expand(id)],
      ...(leaves ? [[`Collapse ${counted(leaves, "leaf", "leaves")}`, () => actions.collapse(id)] as [string, () => void]] : []),
      ["Only this and its ties", () => actions.keepAround(id)],
      [store.scene.value.pinned.has(id) ? "Let go" : "Pin here", () => actions.pin(id)],
      ["Hide", () => actions.hide(id)],
      ["Path from here …", () => store.turn({ pane: "ask", asked: { name: "path", given: { start: [id] } } })],
      ["Copy its id", () => void navigator.clipboard?.writeText(id)],
    );
  } else {
    const edge = store.known.edges.get(hit.id);
    title = edge ? actions.edgeWords(edge) : "";
    items.push(["Open its evidence", () => actions.choose({ sort: "tie", id: hit.id })]);
  }
  const onKey = (event: KeyboardEvent): void => {
    const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll("button")];
    const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === "Escape" || event.key === "Tab") { event.preventDefault(); onClose(); }
    else if (event.key === "ArrowDown") { event.preventDefault(); buttons[(now + 1) % buttons.length]?.focus(); }
    else if (event.key === "ArrowUp") { event.preventDefault(); buttons[(now + buttons.length - 1) % buttons.length]?.focus(); }
  };
  return (
    <div class="menu" role="menu" aria-label={title} onKeyDown={onKey} ref={(element) => { put(at)(element); element?.querySelector("button")?.focus(); }}>
      <p>{title}</p>
      {items.map(([label, act]) => <button key={label} type="button" role="menuitem" onClick={() => { act(); onClose(); }}>{label}</button>)}
    </div>
  );
}
