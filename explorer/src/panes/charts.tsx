import type { ClaimDetail, Details } from "../format";
import { usePage } from "./context";
import { counted } from "./names";

interface Point { readonly id: string; readonly claim: ClaimDetail; readonly low: number; readonly high: number }
interface Series { readonly like: string; readonly label: string; readonly unit: string; readonly points: Point[] }

/** Figures as small charts: one for each metric of one sort, for unlike values are never set side by side. */
export function Figures({ ids, details }: { ids: readonly string[]; details: Details }) {
  const found = series(ids, details);
  const alone = ids.length - found.reduce((sum, row) => sum + row.points.length, 0);
  return (
    <div class="figures">
      {found.map((row) => <Chart key={row.like} series={row} />)}
      {alone > 0 && <p class="quiet small">{counted(alone, "figure")} without a like one of another period: below.</p>}
    </div>
  );
}

function series(ids: readonly string[], details: Details): Series[] {
  const groups = new Map<string, Series>();
  for (const id of ids) {
    const claim = details.claims[id];
    const figure = claim?.figure;
    if (!claim || !figure?.until || claim.rank === "deprecated") continue;
    const [low, high] = [figure.low ?? figure.high, figure.high ?? figure.low];
    if (low === null || high === null) continue;
    const group = groups.get(figure.like) ?? { like: figure.like, label: figure.label, unit: figure.unit, points: [] };
    group.points.push({ id, claim, low, high });
    groups.set(figure.like, group);
  }
  const many = [...groups.values()].filter((group) => new Set(group.points.map((point) => point.claim.figure!.period)).size > 1);
  for (const { points } of many) points.sort((one, two) => (one.claim.figure!.until ?? "").localeCompare(two.claim.figure!.until ?? ""));
  return many.sort((one, two) => two.points.length - one.points.length || one.label.localeCompare(two.label));
}

function Chart({ series: { label, unit, points } }: { series: Series }) {
  const { actions, store } = usePage();
  const most = Math.max(...points.map((point) => Math.abs(point.high)), 0) || 1;
  const least = Math.min(0, ...points.map((point) => point.low));
  const [width, height] = [Math.max(180, Math.min(340, points.length * 34)), 64];
  const step = width / points.length;
  const y = (value: number): number => height - ((value - least) / (most - least)) * (height - 4);
  return (
    <figure>
      <figcaption>{label} <span class="quiet">{unit.replaceAll("_", " ")}, {points[0]!.claim.figure!.period} to {points.at(-1)!.claim.figure!.period}</span></figcaption>
      <svg viewBox={`0 0 ${width} ${height + 14}`} role="img" aria-label={`${label}: ${points.map((point) => `${point.claim.figure!.period} ${point.claim.figure!.value}`).join("; ")}`}>
        {points.map((point, index) => {
          const disputed = store.known.claims.get(point.id)?.disputed;
          const [top, foot] = [y(point.high), y(Math.max(least, 0))];
          return (
            <g key={point.id} class={`bar${point.claim.factual ? "" : " unsure"}${disputed ? " disputed" : ""}`} onClick={() => actions.choose({ sort: "claim", id: point.id })}>
              <title>{`${point.claim.figure!.period}: ${point.claim.figure!.value}, ${point.claim.who}`}</title>
              <rect x={index * step + 2} y={Math.min(top, foot - 1)} width={Math.min(step - 4, 26)} height={Math.max(1, Math.abs(foot - top))} rx="2" />
              {(index === 0 || index === points.length - 1) && <text x={index === 0 ? 2 : index * step + 2 + Math.min(step - 4, 26)} y={height + 11} text-anchor={index === 0 ? "start" : "end"}>{point.claim.figure!.period}</text>}
            </g>
          );
        })}
      </svg>
      <p class="latest"><button type="button" class="link" onClick={() => actions.choose({ sort: "claim", id: points.at(-1)!.id })}>{points.at(-1)!.claim.figure!.value}</button></p>
    </figure>
  );
}
