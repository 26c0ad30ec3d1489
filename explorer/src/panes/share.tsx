import { useEffect, useRef, useState } from "preact/hooks";
import { readPalette } from "../picture/looks";
import { Names } from "../picture/names";
import { svg, trimmed } from "../picture/svg";
import { csv } from "../share/csv";
import { embedding, hereWithout, pageFile } from "../share/embedding";
import { gexf } from "../share/gexf";
import { viewJson } from "../share/json";
import { signsOf } from "../share/legend";
import { print } from "../share/printing";
import { copy, fileName, save, saveText } from "../share/saving";
import { addressOf, detailsInView, madeOf, titleOf, toldOf } from "../share/view";
import { serialised } from "../share/xml";
import { type Page, usePage } from "./context";
import { edgeColumns, edgeLines, nodeColumns, nodeLines } from "./rows";

/** From so many things on an SVG is more than programs open. */
const MOST_SVG = 5_000;
/** What mail programs and chats still keep in one piece. */
const LONG_LINK = 2_000;

/** The view as a link, as files, as a frame for other pages, and on paper. */
export function SharePane() {
  const page = usePage();
  const { store, actions } = page;
  const [, setDrawn] = useState(false);
  useEffect(() => setDrawn(true), []); // where the page opens on this pane the picture comes after it
  const link = `${hereWithout()}#${addressOf(store)}`;
  return (
    <div class="share">
      <h2>Share this view</h2>
      <section>
        <h3>Link</h3>
        <p>Its address says what is in view and where it stands, the filter, the days and what is chosen.</p>
        <Copied label="Link to this view" button="Copy link" text={link} />
        {!store.about.served && <p class="quiet small">This page is a file: who opens the link needs the same file, <b>{pageFile()}</b>, and has it in another place: what follows after # is the same.</p>}
        {store.about.served && <p class="quiet small">The link works while the server runs, for whom it answers.</p>}
        {link.length > LONG_LINK && <p class="quiet small">It is long, {link.length.toLocaleString("en")} characters: some programs cut it. A view with fewer things has a shorter one.</p>}
      </section>
      <section>
        <h3>Save</h3>
        <ul class="saves">{files(page).map((file) => <SaveRow key={file.label} file={file} />)}</ul>
      </section>
      <section>
        <h3>Embed</h3>
        <p>Put this into a page of yours: the picture with its legend, and a link to the whole.</p>
        <Copied label="Frame for another page" button="Copy frame" text={embedding(store)} rows={5} />
        {store.about.served
          ? <p class="quiet small">A server of facts does not let other pages frame it. Save the explorer as a file beside your page: <code>keiretsu explore -o {pageFile(true)}</code>.</p>
          : <p class="quiet small">The file <b>{pageFile()}</b> has to lie beside that page, or its address be written there.</p>}
      </section>
      <section>
        <h3>Print</h3>
        <p>Title, picture and legend, then every claim in view by its source.</p>
        <p><button type="button" disabled={store.printed.value !== null} onClick={() => void print(store, actions)}>Print the view</button></p>
      </section>
    </div>
  );
}

interface File_ { readonly label: string; readonly told: string; readonly make: () => void | Promise<void>; readonly not?: string | undefined }

function files({ store, actions }: Page): File_[] {
  const name = (suffix: string, part = ""): string => fileName(`${titleOf(store)}${part}`, suffix);
  const undrawn = store.drawn.value.nodes.size && actions.picture?.lens().width ? undefined : "nothing is drawn";
  const many = store.drawn.value.nodes.size > MOST_SVG ? `for at most ${MOST_SVG.toLocaleString("en")} things` : undefined;
  return [
    { label: "PNG", told: "the picture as it is on the screen, at twice its size", not: undrawn, make: () => png(actions.picture!.toCanvas(2), name("png")) },
    { label: "SVG", told: "the same as shapes and texts, with title and legend, for print and for drawing programs", not: undrawn ?? many, make: () => saveText(name("svg"), svgText({ store, actions }), "image/svg+xml") },
    { label: "Ties as CSV", told: "a row for each tie, for a spreadsheet", make: () => saveText(name("csv", " ties"), csv(edgeColumns(store.known), edgeLines(store)), "text/csv") },
    { label: "Things as CSV", told: "a row for each thing", make: () => saveText(name("csv", " things"), csv(nodeColumns(), nodeLines(store)), "text/csv") },
    {
      label: "JSON", told: "things, ties and the claims they rest on, with their ids and evidence, for a program",
      make: async () => {
        const details = await detailsInView(store);
        if (details) saveText(name("json"), viewJson(store, titleOf(store), details), "application/json");
      },
    },
    { label: "GEXF", told: "the graph with colours, places and days, for Gephi", make: () => saveText(name("gexf"), gexf(store, titleOf(store), readPalette()), "application/xml") },
  ];
}

function SaveRow({ file }: { file: File_ }) {
  const { store } = usePage();
  const work = async (): Promise<void> => {
    try {
      await file.make();
      store.say(`${file.label}: given to the browser to save`);
    } catch (error) {
      store.problem.value = `${file.label} could not be made: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
  return <li><button type="button" disabled={file.not !== undefined} onClick={() => void work()}>{file.label}</button><span class="quiet">{file.not ?? file.told}</span></li>;
}

async function png(canvas: HTMLCanvasElement, name: string): Promise<void> {
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!made) throw new Error("the picture is larger than this browser can save");
  save(name, made);
}

function svgText({ store, actions }: Page): string {
  const drawn = store.drawn.value;
  const lens = trimmed(actions.picture!.lens(), drawn);
  const names = new Names();
  names.edgeWords = ({ edge }) => store.about.relations[edge.relation]!.label;
  names.show(drawn);
  const labels = names.labels(document.createElement("canvas").getContext("2d")!, lens);
  const frame = { title: titleOf(store), told: toldOf(store), foot: madeOf(store), signs: signsOf(store) };
  return serialised(svg(drawn, lens, readPalette(), labels, frame, ({ edge }) => actions.edgeWords(edge)));
}

/** A text to be taken elsewhere, with the button that copies it. */
function Copied({ label, button, text, rows }: { label: string; button: string; text: string; rows?: number }) {
  const { store } = usePage();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [said, setSaid] = useState("");
  const take = async (): Promise<void> => {
    const words = await copy(text, field.current!) ? "copied" : "this browser does not let a page copy: the text is selected, press Ctrl C";
    setSaid(words);
    store.say(`${label}: ${words}`);
  };
  const select = (event: Event): void => (event.currentTarget as HTMLInputElement).select();
  return (
    <div class="copied">
      {rows ? <textarea ref={field} readOnly rows={rows} aria-label={label} value={text} onFocus={select} spellcheck={false} /> : <input ref={field} type="text" readOnly aria-label={label} value={text} onFocus={select} spellcheck={false} />}
      <p class="row"><button type="button" onClick={() => void take()}>{button}</button><span class="quiet small">{said}</span></p>
    </div>
  );
}
