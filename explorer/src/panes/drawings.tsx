import type { Block } from "../format";

type Bars = Extract<Block, { sort: "bars" }>;
type Axis = Extract<Block, { sort: "axis" }>;
type Stretch = Axis["stretches"][number];

/** Values one under the other, each with its words; what may be less or more is a paler stretch. */
export function BarChart({ title, bars }: Bars) {
  const least = Math.min(0, ...bars.map((bar) => bar.low));
  const most = Math.max(0, ...bars.map((bar) => bar.high));
  const at = (value: number): number => (most > least ? (100 * (value - least)) / (most - least) : 0);
  return (
    <figure class="bars">
      <figcaption>{title}</figcaption>
      <ul>
        {bars.map((bar, index) => {
          const [low, high] = [at(bar.low), at(bar.high)];
          const zero = at(0);
          const [from, until] = bar.high < 0 ? [high, zero] : [zero, low];
          return (
            <li key={index} class={bar.style ?? ""}>
              <span class="label">{bar.label}</span>
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect class="sure" x={Math.min(from, until)} y="1" width={Math.max(0.6, Math.abs(until - from))} height="8" />
                {bar.high > bar.low && <rect class="range" x={low} y="1" width={Math.max(0.6, high - low)} height="8" />}
                <line x1={zero} x2={zero} y1="0" y2="10" />
              </svg>
              <span class="value">{bar.text}</span>
            </li>
          );
        })}
      </ul>
    </figure>
  );
}

const HEAD = 22;
const LETTER = 6.1;
const LONGEST = 44;

/** From so many pixels on a stretch has its label above, or that would stand far from where it begins. */
const WIDE = 60;

interface Put { readonly stretch: Stretch; readonly x1: number; readonly x2: number; readonly row: number }
const rowOf = (put: readonly Put[]): number => (put.some((one) => one.x2 - one.x1 > WIDE) ? 30 : 20);

/** A timeline: lanes one under the other, days as points, what may lie anywhere between two days as a stretch. */
export function TimeAxis({ stretches }: Axis) {
  const days = stretches.flatMap(({ earliest, latest }) => [earliest, latest]).filter((day) => day !== null).map(number);
  const dated = stretches.filter(({ earliest, latest }) => earliest || latest);
  if (!days.length) return <StretchList stretches={stretches} />;
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const years = (last - first) / 365.25;
  const width = Math.round(Math.min(2_400, Math.max(320, years * 110)));
  const x = (day: number): number => 12 + ((width - 24) * (day - first)) / Math.max(1, last - first);
  const lanes = [...new Set(dated.map(({ lane }) => lane))].map((lane) => ({ lane, put: placed(dated.filter((row) => row.lane === lane), x, width) }));
  let top = HEAD;
  const whole = width + LONGEST * LETTER;
  const height = HEAD + lanes.reduce((sum, { put }) => sum + laneHeight(put), 0);
  return (
    <figure class="axis">
      <div class="scroll" tabIndex={0} role="region" aria-label="Timeline, scrolls sideways">
        <svg width={whole} height={height} viewBox={`0 0 ${whole} ${height}`} role="img" aria-label={`Timeline of ${stretches.length} entries from ${day(first)} to ${day(last)}; they stand below as text`}>
          {ticks(first, last, years).map(({ at, text }) => (
            <g key={text} class="tick"><line x1={x(at)} x2={x(at)} y1={HEAD - 4} y2={height} /><text x={x(at) + 3} y="13">{text}</text></g>
          ))}
          {lanes.map(({ lane, put }) => {
            const from = top;
            top += laneHeight(put);
            return (
              <g key={lane} class="lane">
                <text class="whose" x="4" y={from + 14}>{cut(lane)}</text>
                {put.map((one, index) => <Entry key={index} {...one} y={from + 12 + rowOf(put) * (one.row + 0.9)} />)}
              </g>
            );
          })}
        </svg>
      </div>
      <details><summary>As text</summary><StretchList stretches={stretches} /></details>
    </figure>
  );
}

function Entry({ stretch, x1, x2, y }: Put & { y: number }) {
  const point = stretch.earliest !== null && stretch.earliest === stretch.latest;
  return (
    <g class={stretch.style ?? ""}>
      <title>{`${stretch.label}: ${span(stretch)}`}</title>
      {point ? <circle cx={x1} cy={y} r="4" /> : <rect x={x1} y={y - 3} width={Math.max(6, x2 - x1)} height="6" rx="3" class={stretch.earliest && stretch.latest ? "" : "open"} />}
      <text x={x2 - x1 > WIDE ? x1 : Math.max(x1 + 8, x2 + 6)} y={x2 - x1 > WIDE ? y - 7 : y + 4}>{cut(stretch.label)}</text>
    </g>
  );
}

/** Entries in as many rows as it takes for no label to lie on another. */
function placed(rows: readonly Stretch[], x: (day: number) => number, width: number): Put[] {
  const ends: number[] = [];
  const put = rows.map((stretch) => ({ stretch, x1: stretch.earliest ? x(number(stretch.earliest)) : 4, x2: stretch.latest ? x(number(stretch.latest)) : width - 4 }));
  return put.sort((one, two) => one.x1 - two.x1).map((one) => {
    const free = ends.findIndex((end) => end < one.x1 - 6);
    const row = free < 0 ? ends.length : free;
    ends[row] = Math.max(one.x1, one.x2) + 12 + cut(one.stretch.label).length * LETTER;
    return { ...one, row };
  });
}

const laneHeight = (put: readonly Put[]): number => 24 + rowOf(put) * (1 + Math.max(0, ...put.map(({ row }) => row)));

function ticks(first: number, last: number, years: number): { at: number; text: string }[] {
  const [from, until] = [new Date(first * DAY), new Date(last * DAY)];
  const found = [];
  if (years < 2) {
    const months = until.getUTCMonth() - from.getUTCMonth() + 12 * (until.getUTCFullYear() - from.getUTCFullYear());
    const every = Math.max(1, Math.ceil(months / 5));
    for (let month = 0; month <= months; month += every) {
      const at = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + month, 1) / DAY;
      found.push({ at: Math.max(first, at), text: day(at).slice(0, 7) });
    }
    return found;
  }
  const every = Math.max(1, Math.ceil(years / 20));
  for (let year = from.getUTCFullYear(); year <= until.getUTCFullYear(); year += every) found.push({ at: Math.max(first, Date.UTC(year, 0, 1) / DAY), text: String(year) });
  return found;
}

function StretchList({ stretches }: { stretches: readonly Stretch[] }) {
  return <ul class="stretches">{stretches.map((row, index) => <li key={index}><b>{span(row)}</b> {row.lane}: {row.label}</li>)}</ul>;
}

function span({ earliest, latest }: Stretch): string {
  if (!earliest && !latest) return "undated";
  if (earliest === latest) return earliest!;
  return earliest ? `${earliest} ${latest ? `to ${latest}` : "on"}` : `until ${latest}`;
}

const DAY = 86_400_000;
const number = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY;
const day = (at: number): string => new Date(at * DAY).toISOString().slice(0, 10);
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
