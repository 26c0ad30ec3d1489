import { useEffect, useRef } from "preact/hooks";
import { madeOf, titleOf, toldOf } from "../share/view";
import { followPrinting } from "../share/printing";
import { usePage } from "./context";
import { Sources } from "./evidence";
import { LegendLine } from "./legend";

/** What stands on paper and never on the screen: title, picture, legend, evidence. */
export function PrintSheet() {
  const { store, actions } = usePage();
  const printed = store.printed.value;
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => followPrinting(store, actions), []);
  useEffect(() => {
    if (!printed?.details) return;
    void Promise.resolve(image.current?.decode()).catch(() => undefined).then(() => window.print());
  }, [printed]);
  if (!printed) return null;
  return (
    <article class="printed">
      <h2>{titleOf(store)}</h2>
      <p>{toldOf(store)}</p>
      {printed.picture && <img ref={image} src={printed.picture} alt={`The picture: ${toldOf(store)}`} />}
      <LegendLine />
      <p class="quiet">{madeOf(store)}</p>
      {printed.details && (
        <div class="evidence">
          <h2>What the view rests on</h2>
          <Sources ids={Object.keys(printed.details.claims)} details={printed.details} />
        </div>
      )}
    </article>
  );
}
