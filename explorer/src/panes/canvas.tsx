import { useEffect, useRef, useState } from "preact/hooks";
import { towards } from "../picture/towards";
import { Names } from "../picture/names";
import { hasWebGL, type Hit, type Picture } from "../picture/picture";
import { readPalette } from "../picture/looks";
import { PlainPicture } from "../picture/plain";
import { WebGLPicture } from "../picture/webgl";
import type { Point } from "../state/scene";
import { bench } from "../bench";
import { usePage } from "./context";
import { Menu, Tip } from "./menu";
import { counted } from "./names";

/** Without WebGL up to so many things are drawn. */
const PLAIN_MOST = 2_000;

/** The picture with its controls, its menu, and the keys that walk it. */
export function Canvas() {
  const { store, actions } = usePage();
  const host = useRef<HTMLDivElement>(null);
  const picture = useRef<Picture | null>(null);
  const [menu, setMenu] = useState<{ hit: Hit; at: Point } | null>(null);
  const [tip, setTip] = useState<Hit>(null);
  const [gl] = useState(hasWebGL);
  const drawn = store.drawn.value;
  const tooMany = !gl && drawn.nodes.size > PLAIN_MOST;

  useEffect(() => {
    const element = host.current!;
    const names = new Names();
    names.edgeWords = ({ edge }) => store.about.relations[edge.relation]!.label;
    const listener = {
      press(hit: Hit): void {
        setMenu(null);
        if (!hit) actions.choose(null);
        else if (hit.sort === "node") actions.choose({ sort: "entity", id: hit.id });
        else actions.choose({ sort: "tie", id: hit.id });
      },
      twice(hit: Hit): void { if (hit?.sort === "node") void actions.expand(hit.id); },
      menu(hit: Hit, at: Point): void { setMenu({ hit, at }); },
      over(hit: Hit): void { setTip(hit); },
      moved(id: string, to: Point): void { actions.move(id, to); },
    };
    const made: Picture = gl ? new WebGLPicture(element, listener, names, readPalette()) : new PlainPicture(element, listener, names, readPalette());
    picture.current = made;
    actions.picture = made;
    bench.follow(element);
    const repaint = (): void => made.paint(readPalette());
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", repaint);
    document.addEventListener("keiretsu-theme", repaint);
    const sized = new ResizeObserver(() => made.resize());
    sized.observe(element);
    return () => {
      dark.removeEventListener("change", repaint);
      document.removeEventListener("keiretsu-theme", repaint);
      sized.disconnect();
      made.kill();
      actions.picture = null;
    };
  }, []);

  const fitted = useRef(false);
  useEffect(() => {
    if (tooMany) return;
    picture.current?.show(drawn);
    if (!fitted.current && drawn.nodes.size) {
      picture.current?.fit(undefined, true);
      fitted.current = true;
    }
    bench.drew();
  }, [drawn, tooMany]);

  const told = store.scene.value.whole
    ? `${counted(drawn.nodes.size, "thing")}, ${counted(drawn.edges.size, "tie")}`
    : `${drawn.nodes.size.toLocaleString("en")} of ${counted(store.about.counts.entities, "thing")} in view, ${counted(drawn.edges.size, "tie")}`;
  return (
    <div class="canvas">
      <div
        class="drawing" ref={host} tabIndex={0} role="application" aria-roledescription="graph" hidden={tooMany}
        aria-label="The graph. Arrow keys go from thing to thing, Enter expands, Delete hides, P pins, plus and minus zoom, 0 shows all. The table has everything as text."
        onKeyDown={(event) => walk(event)} onContextMenu={(event) => event.preventDefault()}
      />
      {tooMany && <div class="empty"><p>This browser has no WebGL, and {counted(drawn.nodes.size, "thing")} are too many to draw without it.</p><p>Everything is in the <button type="button" class="link" onClick={() => store.turn({ pane: "table" })}>table</button>.</p></div>}
      {!drawn.nodes.size && <div class="empty"><p>Nothing is in view.</p><p>Find a thing above, or <button type="button" class="link" onClick={() => void actions.begin()}>begin anew</button>.</p></div>}
      {tip && !menu && <Tip hit={tip} picture={picture.current} />}
      {menu && <Menu {...menu} onClose={() => { setMenu(null); host.current?.focus(); }} />}
      <div class="controls" role="group" aria-label="Picture">
        <button type="button" title="Closer (+)" aria-label="Closer" onClick={() => picture.current?.zoom(1.4)}>+</button>
        <button type="button" title="Farther (-)" aria-label="Farther" onClick={() => picture.current?.zoom(1 / 1.4)}>−</button>
        <button type="button" title="Show all that is in view (0)" aria-label="Show all that is in view" onClick={() => picture.current?.fit()}><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" /></svg></button>
        <button type="button" title="Lay out anew; what is pinned stays" aria-label="Lay out anew" disabled={store.scene.value.whole} onClick={() => actions.tidy()}><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.7 1.6v3h-3" /></svg></button>
        <button type="button" title="The whole graph" aria-pressed={store.scene.value.whole} onClick={() => void (store.scene.value.whole ? actions.begin() : actions.everything())}>all</button>
      </div>
      <p class="told">{told}</p>
    </div>
  );

  function walk(event: KeyboardEvent): void {
    const { chosen } = store.scene.value;
    const id = chosen?.sort === "entity" ? chosen.id : null;
    const turn = { ArrowRight: 0, ArrowUp: 90, ArrowLeft: 180, ArrowDown: 270 }[event.key];
    if (turn !== undefined) {
      event.preventDefault();
      const next = towards(drawn, id, turn);
      if (next) {
        actions.choose({ sort: "entity", id: next });
        picture.current?.fly(next);
      }
    } else if (event.key === "Enter" && id) void actions.expand(id);
    else if ((event.key === "Delete" || event.key === "Backspace") && id) actions.hide(id);
    else if (event.key.toLowerCase() === "p" && id && !event.ctrlKey && !event.metaKey) actions.pin(id);
    else if (event.key === "+" || event.key === "=") picture.current?.zoom(1.4);
    else if (event.key === "-") picture.current?.zoom(1 / 1.4);
    else if (event.key === "0") picture.current?.fit();
    else if (event.key === "Escape") { setMenu(null); actions.choose(null); actions.unlight(); }
    else if ((event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) && id && picture.current) {
      event.preventDefault();
      const node = drawn.nodes.get(id);
      if (node) setMenu({ hit: { sort: "node", id }, at: picture.current.screen(node) });
    }
  }
}
