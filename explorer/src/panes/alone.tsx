import { addressOf, sourcesInView, titleOf } from "../share/view";
import { Canvas } from "./canvas";
import { usePage } from "./context";
import { LegendLine } from "./legend";
import { counted } from "./names";

/** The picture with its legend and nothing else, as it stands in a page of somebody else. */
export function Alone() {
  const { store } = usePage();
  const { asOf, knownBy } = store.scene.value;
  const problem = store.problem.value;
  const full = addressOf(store, { embed: false });
  const days = [...(asOf ? [`as it was on ${asOf}`] : []), ...(knownBy ? [`as known by ${knownBy}`] : [])];
  return (
    <div class="page alone">
      <main class="stage">
        {problem && <div class="problem" role="alert"><span>{problem}</span></div>}
        <Canvas />
      </main>
      <LegendLine />
      <footer class="foot">
        <h1>{titleOf(store)}</h1>
        <span>{[counted(sourcesInView(store), "source"), ...days].join(" · ")}</span>
        <a href={`#${full}`} target="_blank" rel="noopener">Open in full</a>
      </footer>
      <div class="hush" role="status" aria-live="polite">{store.spoken.value}</div>
    </div>
  );
}
