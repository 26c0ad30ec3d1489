import { useMemo, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { fold } from "../supply/names";
import { counted } from "./names";

export interface Column<Row> {
  readonly label: string;
  /** What the column is sorted and filtered by, and what a file of it holds. */
  readonly value: (row: Row) => string | number;
  readonly cell?: (row: Row) => ComponentChildren;
}
interface Given<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly id: (row: Row) => string;
  readonly chosen?: (row: Row) => boolean;
  readonly onRows?: (rows: readonly Row[]) => void;
}
const PAGE = 200;

/** A real table: every column sorts, a word narrows it, long ones come page by page. */
export function Sheet<Row>({ caption, columns, rows, id, chosen }: Given<Row>) {
  const [by, setBy] = useState({ column: 0, down: false });
  const [wanted, setWanted] = useState("");
  const [most, setMost] = useState(PAGE);
  const shown = useMemo(() => sorted(narrowed(rows, columns, wanted), columns[by.column]!, by.down), [rows, columns, wanted, by]);
  const sort = (column: number): void => setBy({ column, down: by.column === column && !by.down });
  return (
    <>
      <p class="row narrow">
        <input type="search" placeholder="Only rows with …" aria-label={`Only rows of ${caption} with`} value={wanted} maxLength={200} onInput={(event) => { setWanted(event.currentTarget.value); setMost(PAGE); }} />
        <span class="quiet" role="status">{shown.length === rows.length ? counted(rows.length, "row") : `${shown.length.toLocaleString("en")} of ${counted(rows.length, "row")}`}</span>
      </p>
      <div class="scroller" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <caption class="hush">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column, at) => (
                <th key={column.label} scope="col" aria-sort={by.column === at ? (by.down ? "descending" : "ascending") : "none"}>
                  <button type="button" onClick={() => sort(at)}>{column.label}<span aria-hidden="true">{by.column === at ? (by.down ? " ↓" : " ↑") : ""}</span></button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, most).map((row) => (
              <tr key={id(row)} class={chosen?.(row) ? "chosen" : ""}>
                {columns.map((column) => {
                  const value = column.value(row);
                  return <td key={column.label} class={typeof value === "number" ? "number" : ""}>{column.cell ? column.cell(row) : typeof value === "number" ? value.toLocaleString("en") : value}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length > most && <button type="button" onClick={() => setMost(most + PAGE)}>Show {Math.min(PAGE, shown.length - most)} more</button>}
      {!shown.length && <p class="quiet">No row has that.</p>}
    </>
  );
}

function narrowed<Row>(rows: readonly Row[], columns: readonly Column<Row>[], wanted: string): readonly Row[] {
  const words = fold(wanted).split(" ").filter(Boolean);
  if (!words.length) return rows;
  return rows.filter((row) => {
    const text = fold(columns.map((column) => column.value(row)).join(" "));
    return words.every((word) => text.includes(word));
  });
}

const COLLATOR = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function sorted<Row>(rows: readonly Row[], column: Column<Row>, down: boolean): Row[] {
  const keys = new Map(rows.map((row) => [row, column.value(row)]));
  const order = (one: Row, two: Row): number => {
    const [a, b] = [keys.get(one)!, keys.get(two)!];
    return typeof a === "number" && typeof b === "number" ? a - b : COLLATOR.compare(String(a), String(b));
  };
  return [...rows].sort((one, two) => (down ? order(two, one) : order(one, two)));
}
