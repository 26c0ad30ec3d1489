import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Scene } from "../state/scene";
import { usePage } from "./context";
import { useLate } from "./late";

type Clock = "asOf" | "knownBy";
const BARS = 60;
const PLAY = 650; // milliseconds a step

/** The clocks, once the picture stands; their room is kept. */
export function TimeBar() {
  return useLate() ? <Clocks /> : <section class="time" aria-label="Time" />;
}

/** The two clocks as a slider under the picture, with how much began (or came to be known) when. */
function Clocks() {
  const { store, actions } = usePage();
  const { asOf, knownBy } = store.scene.value;
  const [playing, setPlaying] = useState(false);
  const before = useRef<Scene | null>(null); // from when the slider was taken hold of
  const { held, known } = store.facets.value.days;
  const [wanted, setClock] = useState<Clock>(knownBy && !asOf ? "knownBy" : "asOf");
  const clock = wanted === "asOf" && !spans(held) && spans(known) ? "knownBy" : wanted;
  const days = clock === "asOf" ? held : known;
  const range = useMemo(() => rangeOf(days), [days]);
  const now = clock === "asOf" ? asOf : knownBy;
  const step = range ? Math.max(1, Math.round((range.last - range.first) / BARS)) : 1;
  const at = now && range ? Math.min(range.last, Math.max(range.first, dayNumber(now))) : range?.last ?? 0;

  useEffect(() => {
    if (!playing || !range) return;
    const timer = setInterval(() => {
      const { asOf: a, knownBy: k } = store.scene.value;
      const current = clock === "asOf" ? a : k;
      const next = (current ? dayNumber(current) : range.first - step) + step;
      if (next >= range.last) {
        setPlaying(false);
        store.turn({ [clock]: null });
      } else store.turn({ [clock]: dayText(next) });
    }, PLAY);
    return () => clearInterval(timer);
  }, [playing, clock, range]);

  if (!range || !spans(days)) return null;
  const heights = histogram(days, range);
  const most = Math.max(...heights, 1);
  const set = (day: number): void => {
    before.current ??= store.scene.value;
    store.turn({ [clock]: day >= range.last ? null : dayText(day) });
  };
  const settle = (): void => {
    if (before.current) store.keep("set the clock", before.current);
    before.current = null;
  };
  const what = clock === "asOf" ? "as it was on" : "as known by";
  return (
    <section class="time" aria-label="Time">
      <div class="row">
        <select aria-label="Which clock" value={clock} onChange={(event) => { setPlaying(false); setClock(event.currentTarget.value as Clock); }}>
          <option value="asOf">as it was on</option>
          <option value="knownBy">as known by</option>
        </select>
        <input type="date" aria-label={what} value={now ?? ""} onChange={(event) => actions.clock({ [clock]: event.currentTarget.value || null })} />
      </div>
      <div class="slide">
        <svg viewBox={`0 0 ${BARS} 20`} preserveAspectRatio="none" aria-hidden="true">
          {heights.map((count, bar) => {
            const tall = count ? Math.max(1.2, (count / most) * 20) : 0;
            const past = range.first + ((bar + 0.5) / BARS) * (range.last - range.first) <= at;
            return <rect key={bar} x={bar + 0.12} width="0.76" y={20 - tall} height={tall} class={past ? "past" : "later"} />;
          })}
        </svg>
        <input
          type="range" min={range.first} max={range.last} step={1} value={at} aria-label={what} aria-valuetext={now ?? "now, everything"}
          onInput={(event) => set(Number(event.currentTarget.value))} onChange={settle}
          onKeyDown={(event) => {
            const move = { PageUp: step * 4, PageDown: -step * 4, ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step }[event.key];
            if (move) { event.preventDefault(); set(at + move); settle(); }
          }}
        />
        <p class="ends"><span>{dayText(range.first).slice(0, 7)}</span><output>{now ? `${what} ${now}` : "all times"}</output><span>{dayText(range.last).slice(0, 7)}</span></p>
      </div>
      <div class="row">
        <button type="button" aria-label={playing ? "Stop" : "Play through time"} onClick={() => setPlaying(!playing)}>{playing ? "■" : "▶"}</button>
        <button type="button" disabled={!asOf && !knownBy} onClick={() => { setPlaying(false); actions.clock({ asOf: null, knownBy: null }); }}>All times</button>
      </div>
    </section>
  );
}

const MILLISECONDS = 86_400_000;
const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / MILLISECONDS);
const dayText = (day: number): string => new Date(day * MILLISECONDS).toISOString().slice(0, 10);

const spans = (days: readonly string[]): boolean => { const range = rangeOf(days); return range !== null && range.first < range.last; };

interface Range { readonly first: number; readonly last: number }

/** From the first to the last day; the oldest few are left beneath the slider's end, else a company's founding fills it. */
function rangeOf(days: readonly string[]): Range | null {
  if (!days.length) return null;
  const first = days[Math.floor(days.length * 0.05)]!;
  return { first: dayNumber(first), last: dayNumber(days.at(-1)!) };
}

function histogram(days: readonly string[], { first, last }: Range): number[] {
  const found = new Array<number>(BARS).fill(0);
  for (const day of days) {
    const bar = Math.floor(((dayNumber(day) - first) / Math.max(1, last - first)) * BARS);
    found[Math.min(BARS - 1, Math.max(0, bar))]! += 1;
  }
  return found;
}
