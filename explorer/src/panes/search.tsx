import { useRef, useState } from "preact/hooks";
import type { Found } from "../format";
import { usePage } from "./context";
import { Mark } from "./marks";

interface Given { label: string; placeholder: string; id: string; value?: string; onTake: (found: Found) => void; keep?: boolean; onText?: (text: string) => void }

/** A box to find a thing in, by any of its names: arrows go through the list, Enter takes one. */
export function Search({ label, placeholder, id, value = "", onTake, keep = false, onText }: Given) {
  const { store } = usePage();
  const [text, setText] = useState(value);
  const [rows, setRows] = useState<Found[] | null>(null);
  const [at, setAt] = useState(0);
  const asked = useRef(0);
  const before = useRef(value);
  if (before.current !== value) {
    before.current = value;
    setText(value);
  }

  async function look(wanted: string): Promise<void> {
    setText(wanted);
    onText?.(wanted);
    const mine = ++asked.current;
    if (!wanted.trim()) {
      setRows(null);
      return;
    }
    const found = await store.waitFor(store.supply.find(wanted, 12));
    if (mine !== asked.current) return; // something else was typed meanwhile
    setRows(found ?? []);
    setAt(0);
  }

  function take(found: Found | undefined): void {
    if (!found) return;
    asked.current += 1;
    setRows(null);
    setText(keep ? found.name : "");
    onTake(found);
  }

  async function onKey(event: KeyboardEvent): Promise<void> {
    if (event.isComposing) return;
    const count = rows?.length ?? 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!rows) await look(text);
      else if (count) setAt((at + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (rows) take(rows[at]);
      else if (text.trim()) take((await store.waitFor(store.supply.find(text, 1)))?.[0]);
    } else if (event.key === "Escape") {
      if (rows) event.preventDefault(); // the first closes the list, the next one empties the box
      setRows(null);
    }
  }

  const open = rows !== null;
  return (
    <div class="seek">
      <label class="hush" for={id}>{label}</label>
      <input
        id={id} type="search" list={undefined} placeholder={placeholder} autocomplete="off" spellcheck={false} value={text} maxLength={200}
        role="combobox" aria-expanded={open} aria-controls={`${id}-list`} aria-autocomplete="list"
        aria-activedescendant={open && rows.length ? `${id}-${at}` : undefined}
        onInput={(event) => void look(event.currentTarget.value)} onKeyDown={(event) => void onKey(event)} onBlur={() => setRows(null)}
      />
      <ul id={`${id}-list`} role="listbox" aria-label="Found" hidden={!open}>
        {rows?.map((found, index) => {
          const kind = store.about.kinds[found.kind];
          return (
            <li key={found.id} id={`${id}-${index}`} role="option" aria-selected={index === at} onPointerDown={(event) => { event.preventDefault(); take(found); }}>
              <Mark family={kind?.family ?? "idea"} />
              <span>{found.name}</span>
              <small>{found.match === found.name ? kind?.label : `${kind?.label}, ${found.match}`}</small>
            </li>
          );
        })}
        {rows?.length === 0 && <li class="none" role="option" aria-selected={false} aria-disabled>nothing has such a name</li>}
      </ul>
    </div>
  );
}
