import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { NamedView } from "../format";
import { type Covered, OPEN } from "../picture/picture";
import { type Page, usePage } from "./context";
import { useDetails } from "./reading";
import { isTyping } from "./typing";

/** How much of the width the names at its rims take, about. */
const NAMES = 220;

/** The views that the dataset keeps, as tabs over the picture. */
export function Views() {
  const page = usePage();
  const { store, actions } = page;
  const { views } = store.about;
  const { view } = store.scene.value;
  if (!views.length) return null;
  const here = views.some(({ id }) => id === view) ? view : null;
  return (
    <nav class="views" aria-label="Views">
      <button type="button" aria-current={here === null} onClick={() => void actions.go("", "went to the beginning")}>Beginning</button>
      {views.map((one) => <button key={one.id} type="button" aria-current={here === one.id} title={one.title} onClick={() => void enter(page, one, null)}>{one.title}</button>)}
    </nav>
  );
}

/** What the view in the picture tells: its note, and its steps where it tells a story. */
export function Story() {
  const page = usePage();
  const { store } = page;
  const scene = store.scene.value;
  const view = store.about.views.find(({ id }) => id === scene.view);
  useEffect(() => {
    if (!view?.steps.length) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping()) return;
      if (event.key === "[") turn(page, view, -1);
      else if (event.key === "]") turn(page, view, 1);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [view]);
  const card = useRef<HTMLElement>(null);
  useLayoutEffect(() => keepClear(page, card.current), [view, scene.step]);
  if (!view || (!view.note && !view.steps.length)) return null;
  const at = stepOf(view, scene.step);
  const told = at ? view.steps[at - 1]! : view;
  const { claims } = told;
  return (
    <section class="story" ref={card} aria-label={`Story: ${view.title}`}>
      <header>
        {view.steps.length > 0 && <p class="quiet small at">{at ? `${at} of ${view.steps.length}` : `A story in ${view.steps.length} steps`}</p>}
        <button type="button" class="close" aria-label="Close the story" title="Close; the picture stays" onClick={() => store.act(`closed ${view.title}`, { view: null, step: null })}>×</button>
      </header>
      <h2>{told.title}</h2>
      {told.note && <p class="note">{told.note}</p>}
      {claims.length > 0 && <RestsOn claims={claims} />}
      {view.steps.length > 0 && (
        <p class="row">
          <button type="button" aria-disabled={at === 0} title="Back ( [ )" onClick={() => turn(page, view, -1)}>Back</button>
          <button type="button" class="primary" aria-disabled={at === view.steps.length} title="Next ( ] )" onClick={() => turn(page, view, 1)}>Next</button>
        </p>
      )}
    </section>
  );
}

/** Have the picture fitted beside or above the card, whichever leaves it more room, as the card grows or goes. */
function keepClear({ actions }: Page, card: HTMLElement | null): () => void {
  let later = 0;
  const fit = (): void => {
    if (!actions.picture) { // the page has just been opened on a view
      later = requestAnimationFrame(fit);
      return;
    }
    const before = actions.picture.covered;
    const now = card ? room(card) : OPEN;
    if (now.left === before.left && now.bottom === before.bottom) return;
    actions.picture.covered = now;
    actions.picture?.fit();
  };
  const sized = new ResizeObserver(fit);
  if (card) sized.observe(card);
  else fit();
  return () => { cancelAnimationFrame(later); sized.disconnect(); };
}

function room(card: HTMLElement): Covered {
  if (getComputedStyle(card).position !== "absolute") return OPEN;
  const [box, frame] = [card.getBoundingClientRect(), card.parentElement!.getBoundingClientRect()];
  const [left, bottom] = [Math.round(box.right - frame.left), Math.round(frame.bottom - box.top)];
  const [beside, above] = [left / Math.max(1, frame.width - NAMES), bottom / Math.max(1, frame.height - NAMES / 2)];
  return beside < above ? { left, bottom: 0 } : { left: 0, bottom };
}

/** The claims that title and note rest on. */
function RestsOn({ claims }: { claims: readonly string[] }) {
  const { actions } = usePage();
  const details = useDetails([], claims);
  return (
    <div class="rests small">
      <span class="quiet">rests on</span>
      <ul>
        {claims.map((id, index) => (
          <li key={id}><button type="button" class="link small" onClick={() => actions.choose({ sort: "claim", id })}>{details?.claims[id]?.says || `claim ${index + 1}`}</button></li>
        ))}
      </ul>
    </div>
  );
}

const stepOf = (view: NamedView, step: number | null): number => (step !== null && step <= view.steps.length ? step : 0);

/** Go a step on or back; before the first step stands the view itself. */
function turn(page: Page, view: NamedView, by: number): void {
  const next = stepOf(view, page.store.scene.value.step) + by;
  if (next >= 0 && next <= view.steps.length) void enter(page, view, next || null);
}

async function enter({ store, actions }: Page, view: NamedView, step: number | null): Promise<void> {
  const told = step ? view.steps[step - 1]! : view;
  const name = step ? `${view.title}, step ${step}` : view.title;
  await actions.go(told.state, `went to ${name}`, { view: view.id, step });
  store.say([step ? `step ${step} of ${view.steps.length}: ${told.title}` : told.title, told.note].filter(Boolean).join(". "));
}
