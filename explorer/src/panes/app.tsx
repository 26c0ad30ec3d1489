import { useEffect } from "preact/hooks";
import { Alone } from "./alone";
import { Canvas } from "./canvas";
import { usePage } from "./context";
import { counted } from "./names";
import { Filter } from "./filter";
import { Licences } from "./licences";
import { Panel } from "./panel";
import { PrintSheet } from "./print";
import { Search } from "./search";
import { ThemeButton } from "./theme";
import { TimeBar } from "./time";
import { isTyping } from "./typing";
import { Story, Views } from "./views";

/** The whole page. */
export function App() {
  const { store, actions } = usePage();
  const { about } = store;
  const scene = store.scene.value;
  const wide = scene.pane === "table" || scene.pane === "sparql" || scene.pane === "evidence";
  const problem = store.problem.value;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = isTyping();
      const held = event.ctrlKey || event.metaKey;
      if (event.key === "/" && !typing && !held) {
        event.preventDefault();
        document.getElementById("search")?.focus();
      } else if (held && !typing && event.key.toLowerCase() === "z") {
        event.preventDefault();
        if (event.shiftKey) store.redo(); else store.undo();
      } else if (held && !typing && event.key.toLowerCase() === "y") {
        event.preventDefault();
        store.redo();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  if (scene.embed) return <Alone />;
  const last = store.done.value.at(-1);
  const next = store.undone.value.at(-1);
  return (
    <div class={`page${wide ? " wide" : ""}${store.printed.value?.details ? " printing" : ""}`}>
      <header class="bar">
        <div class="title">
          <h1>{about.title}</h1>
          <p>{counted(about.counts.entities, "thing")} · {counted(about.counts.claims, "claim")} · {counted(about.counts.sources, "source")} · {counted(about.counts.conflicts, "conflict")}</p>
        </div>
        <Search id="search" label="Find a company, product or person" placeholder="Find: Bosch, Qwen, 阿里巴巴 …" onTake={(found) => void actions.open(found.id)} />
        <div class="tools" role="group" aria-label="Steps and colours">
          <button type="button" disabled={!last} title={last ? `Undo: ${last.said} (Ctrl Z)` : "Nothing to undo"} onClick={() => store.undo()}>Undo</button>
          <button type="button" disabled={!next} title={next ? `Redo: ${next.said} (Ctrl Shift Z)` : "Nothing to redo"} onClick={() => store.redo()}>Redo</button>
          <ThemeButton />
        </div>
      </header>
      <Filter />
      <main class="stage">
        {store.waiting.value > 0 && <div class="waiting" role="presentation" />}
        {problem && <div class="problem" role="alert"><span>{problem}</span><button type="button" onClick={() => { store.problem.value = null; }}>Close</button></div>}
        <Views />
        <div class="over"><Canvas /><Story /></div>
        <TimeBar />
      </main>
      <Panel />
      <footer class="foot">
        <span>{about.coverage.places ? `${about.coverage.read.toLocaleString("en")} of ${counted(about.coverage.places, "place")} of evidence shown with their words` : ""}</span>
        <span>Keiretsu {about.version} · built from {about.digest.slice(0, 12)} · <Licences /></span>
      </footer>
      <PrintSheet />
      <div class="hush" role="status" aria-live="polite">{store.spoken.value}</div>
    </div>
  );
}
