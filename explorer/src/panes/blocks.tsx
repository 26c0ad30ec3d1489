import { useState } from "preact/hooks";
import type { Block, Style } from "../format";
import { BarChart, TimeAxis } from "./drawings";
import { usePage } from "./context";
import { counted } from "./names";

type Of<S extends Block["sort"]> = Extract<Block, { sort: S }>;

/** An answer as it is laid out for every face: lines, claims, tables, bars and timelines. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return <div class="blocks">{blocks.map((block, index) => <One key={index} block={block} told={block.sort === "said" && justTold(blocks, index, block.says)} />)}</div>;
}

/** Whether the lines right above say the same already. */
function justTold(blocks: readonly Block[], at: number, says: string): boolean {
  for (let above = at - 1; above >= 0; above -= 1) {
    const block = blocks[above]!;
    if (block.sort !== "line" || words(block) === "") return false;
    if (words(block) === says) return true;
  }
  return false;
}

function One({ block, told }: { block: Block; told: boolean }) {
  switch (block.sort) {
    case "line": return <Line {...block} />;
    case "said": return <Said {...block} told={told} />;
    case "table": return <SortableTable {...block} />;
    case "bars": return <BarChart {...block} />;
    case "axis": return <TimeAxis {...block} />;
  }
}

const words = ({ spans }: Of<"line">): string => spans.map(([text]) => text).join("").replace(/^•\s*/, "").trim();
const inset = (indent: number): { paddingInlineStart: string } => ({ paddingInlineStart: `${Math.min(indent, 16) * 4}px` });

function Line({ spans, indent }: Of<"line">) {
  if (!spans.some(([text]) => text.trim())) return <div class="gap" />;
  const head = spans[0]![1];
  const parts = spans.map(([text, style], index) => <Span key={index} text={text} style={style} />);
  if (head === "title" || head === "heading") return <h3 class={head} style={inset(indent)}>{parts}</h3>;
  return <p style={inset(indent)}>{parts}</p>;
}

function Span({ text, style }: { text: string; style: Style }) {
  return style ? <span class={style}>{text}</span> : <>{text}</>;
}

/** A claim with who makes it, when and where it was read; it opens. */
function Said({ claim, says, who, when, key: _key, places, indent, told }: Of<"said"> & { told: boolean }) {
  const { actions } = usePage();
  return (
    <div class="said" style={inset(indent)}>
      <p>
        <button type="button" class="link" title="Open the claim and its evidence" onClick={() => actions.choose({ sort: "claim", id: claim })}>{told ? "the claim" : says}</button>
        <span class="quiet"> {who}{when ? `, ${when}` : ""}</span>
      </p>
      {places && <p class="places">{places}</p>}
    </div>
  );
}

/** A real table; a press on a heading sorts by it, another one turns it round. */
function SortableTable({ columns, rows, indent }: Of<"table">) {
  const [by, setBy] = useState<{ column: number; down: boolean } | null>(null);
  const sorted = by ? [...rows].sort((one, two) => (by.down ? -1 : 1) * order(one[by.column] ?? "", two[by.column] ?? "", columns[by.column]!.number)) : rows;
  const name = `${columns.map(({ label }) => label).join(", ")}: ${counted(rows.length, "row")}`;
  const turn = (column: number): void => setBy(by?.column === column ? (by.down ? null : { column, down: true }) : { column, down: false });
  return (
    <div class="scroll" style={inset(indent)} tabIndex={0} role="region" aria-label={`Table of ${name}`}>
      <table class="told-table">
        <caption class="hush">{name}</caption>
        <thead>
          <tr>
            {columns.map(({ label, number }, column) => {
              const way = by?.column === column ? (by.down ? "descending" : "ascending") : "none";
              return (
                <th key={column} scope="col" aria-sort={way} class={number ? "number" : ""}>
                  <button type="button" onClick={() => turn(column)}>{label}<span aria-hidden="true">{way === "none" ? "" : way === "ascending" ? " ↑" : " ↓"}</span></button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row, index) => <tr key={index}>{row.map((cell, column) => <td key={column} class={columns[column]?.number ? "number" : ""}>{cell}</td>)}</tr>)}
        </tbody>
      </table>
    </div>
  );
}

function order(one: string, two: string, number: boolean): number {
  if (!one || !two) return Number(!one) - Number(!two);
  const [first, second] = [amount(one), amount(two)];
  if (number && Number.isFinite(first) && Number.isFinite(second)) return first - second;
  return one.localeCompare(two, "en", { numeric: true });
}

const amount = (text: string): number => parseFloat(text.replace(/[\s,\u202f]/g, "").replace("−", "-"));
