/** Rows as a table that can be sorted; as many as one can read, and more on demand. */
import { useMemo, useState } from "preact/hooks";
import { Cell } from "./cell";
import type { Row } from "./results";
import { sorted, turned, type Order } from "./sorting";
import { isNumber, words } from "./terms";
import type { Given } from "./types";

const STEP = 200;
const SENTENCE = 40;
const LOOKED = 1_000; // rows that decide how a column looks

export function Table({ columns, rows, given }: { columns: string[]; rows: Row[]; given: Given }) {
  const [order, setOrder] = useState<Order | null>(null);
  const [most, setMost] = useState(STEP);
  const inOrder = useMemo(() => sorted(rows, order, given.terms.prefixes), [rows, order]);
  const looks = useMemo(() => columns.map((_, at) => lookOf(rows, at, given.terms.prefixes)), [rows]);
  const left = rows.length - most;
  return (
    <>
      <div class="sq-scroll" role="region" aria-label="Rows" tabindex={0}>
        <table>
          <thead>
            <tr>
              {columns.map((name, at) => (
                <Heading key={at} name={name} look={looks[at]!} order={order?.column === at ? order : null} onPress={() => setOrder(turned(order, at))} />
              ))}
            </tr>
          </thead>
          <tbody>
            {inOrder.slice(0, most).map((row, at) => (
              <tr key={at}>
                {row.map((term, column) => <td key={column} class={looks[column]}><Cell term={term} given={given} /></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {left > 0 ? (
        <p class="sq-rest">
          <button type="button" onClick={() => setMost(most + STEP)}>{Math.min(STEP, left)} more</button>
          <span class="sq-quiet">{most.toLocaleString("en")} of {rows.length.toLocaleString("en")} shown</span>
        </p>
      ) : null}
    </>
  );
}

interface HeadingGiven { name: string; look: string; order: Order | null; onPress(): void }

function Heading({ name, look, order, onPress }: HeadingGiven) {
  return (
    <th scope="col" class={look} aria-sort={order ? (order.down ? "descending" : "ascending") : "none"}>
      <button type="button" onClick={onPress}>
        <bdi>{name}</bdi>
        <span class="sq-arrow" aria-hidden="true">{order ? (order.down ? "↓" : "↑") : ""}</span>
      </button>
    </th>
  );
}

/** Numbers stand to the right, and a column of sentences or addresses is given room. */
function lookOf(rows: readonly Row[], column: number, prefixes: Readonly<Record<string, string>>): "sq-number" | "sq-long" | "" {
  const terms = rows.slice(0, LOOKED).map((row) => row[column]).filter((term) => term !== undefined);
  if (terms.length && terms.every(isNumber)) return "sq-number";
  return terms.some((term) => words(term, prefixes).length > SENTENCE) ? "sq-long" : "";
}
