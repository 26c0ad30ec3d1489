/** The order of rows by one column. */
import type { Row } from "./results";
import { isNumber, words } from "./terms";

export interface Order { column: number; down: boolean }

interface Key { row: Row; bound: boolean; number: number | null; text: string }

const collator = new Intl.Collator("en", { numeric: true });

/** Rows in an order: numbers by value, everything else by what is shown; rows without a value come last. */
export function sorted(rows: readonly Row[], order: Order | null, prefixes: Readonly<Record<string, string>>): readonly Row[] {
  if (!order) return rows;
  const sign = order.down ? -1 : 1;
  const keys = rows.map((row) => keyOf(row, order.column, prefixes));
  return keys.sort((one, other) => Number(other.bound) - Number(one.bound) || sign * compared(one, other)).map(({ row }) => row);
}

function keyOf(row: Row, column: number, prefixes: Readonly<Record<string, string>>): Key {
  const term = row[column];
  const number = term?.sort === "literal" && isNumber(term) ? Number(term.value) : null;
  return { row, bound: term !== undefined, number: Number.isNaN(number) ? null : number, text: words(term, prefixes) };
}

function compared(one: Key, other: Key): number {
  if (one.number !== null && other.number !== null) return one.number - other.number;
  if (one.number !== null || other.number !== null) return one.number !== null ? -1 : 1;
  return collator.compare(one.text, other.text);
}

/** The next order after a heading was pressed: up, down, as it came. */
export function turned(order: Order | null, column: number): Order | null {
  if (order?.column !== column) return { column, down: false };
  return order.down ? null : { column, down: true };
}
