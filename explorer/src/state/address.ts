import { type Asked, blank, PANES, type Pane, type Point, type Scene, type Theme, usuallyOff } from "./scene";

/**
 * A scene as the part of the address after "#", and back.
 *
 * show=a,b or * · at=places · pin=a · off= and on= against what is usually off · asof= knownby= · chosen=entity:ID ·
 * ask=path&p.start=NBA · pick=0 · pane=table · view=ID&step=2 · query= · embed=1 · theme=dark ·
 * around=ID~DEPTH (only read: a neighbourhood). Of view=ID alone the dataset says what it shows.
 */
export function toAddress(scene: Scene, hidden: readonly string[]): string {
  const found = new URLSearchParams();
  const usual = usuallyOff(hidden);
  const put = (name: string, value: string | null): void => {
    if (value) found.set(name, value);
  };
  put("show", scene.whole ? "*" : scene.shown.join(","));
  if (!scene.whole && scene.places.size) put("at", scene.shown.map((id) => point(scene.places.get(id))).join(","));
  put("pin", [...scene.pinned].join(","));
  put("off", [...scene.off].filter((name) => !usual.has(name)).sort().join(","));
  put("on", [...usual].filter((name) => !scene.off.has(name)).sort().join(","));
  put("asof", scene.asOf);
  put("knownby", scene.knownBy);
  put("chosen", scene.chosen && `${scene.chosen.sort}:${scene.chosen.id}`);
  put("ask", scene.asked?.name ?? null);
  for (const [name, values] of Object.entries(scene.asked?.given ?? {})) for (const value of values) found.append(`p.${name}`, value);
  put("pick", scene.picked === null ? null : String(scene.picked));
  put("pane", scene.pane === "details" ? null : scene.pane);
  put("view", scene.view);
  put("step", scene.step === null ? null : String(scene.step));
  put("query", scene.query);
  put("embed", scene.embed ? "1" : null);
  put("theme", scene.theme);
  return found.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%7E", "~").replaceAll("*", "*");
}

export interface Read {
  readonly scene: Scene;
  /** Whether the address names what is in view, or leaves that to the page. */
  readonly named: boolean;
  /** A neighbourhood that is to be looked up. */
  readonly around: { id: string; depth: number } | null;
}

export function fromAddress(text: string, hidden: readonly string[]): Read {
  const given = new URLSearchParams(text.replace(/^#/, ""));
  const show = given.get("show") ?? "";
  const shown = listed(show === "*" ? "" : show);
  const off = new Set(usuallyOff(hidden));
  for (const name of listed(given.get("off"))) off.add(name);
  for (const name of listed(given.get("on"))) off.delete(name);
  const around = /^(.+)~([1-4])$/.exec(given.get("around") ?? "");
  const pane = given.get("pane") as Pane;
  const scene: Scene = {
    ...blank(hidden), shown, whole: show === "*", off,
    places: placed(shown, given.get("at") ?? ""),
    pinned: new Set(listed(given.get("pin"))),
    asOf: day(given.get("asof")),
    knownBy: day(given.get("knownby")),
    chosen: choice(given.get("chosen")),
    asked: asked(given),
    picked: number(given.get("pick")),
    pane: PANES.includes(pane) ? pane : "details",
    view: given.get("view"),
    step: number(given.get("step")),
    query: given.get("query"),
    embed: given.get("embed") === "1",
    theme: theme(given.get("theme")),
  };
  return { scene, named: show !== "", around: around ? { id: around[1]!, depth: Number(around[2]) } : null };
}

const listed = (text: string | null): string[] => [...new Set((text ?? "").split(",").filter(Boolean))];
const day = (text: string | null): string | null => (text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null);
const theme = (text: string | null): Theme | null => (text === "light" || text === "dark" ? text : null);
const number = (text: string | null): number | null => (text && /^\d{1,4}$/.test(text) ? Number(text) : null);

function choice(text: string | null): Scene["chosen"] {
  const found = /^(entity|tie|claim):(.+)$/.exec(text ?? "");
  return found ? { sort: found[1] as "entity" | "tie" | "claim", id: found[2]! } : null;
}

function asked(given: URLSearchParams): Asked | null {
  const name = given.get("ask");
  if (!name) return null;
  const parameters = Object.create(null) as Record<string, string[]>;
  for (const [key, value] of given) if (key.startsWith("p.")) (parameters[key.slice(2)] ??= []).push(value);
  return { name, given: parameters };
}

// A place is two numbers in thousandths, to the base of 36: short enough for a link with hundreds of them.
function point(place: Point | undefined): string {
  return place ? `${Math.round(place.x * 1000).toString(36)}.${Math.round(place.y * 1000).toString(36)}` : "";
}

function placed(shown: readonly string[], text: string): Map<string, Point> {
  const found = new Map<string, Point>();
  if (!text) return found;
  text.split(",").forEach((pair, index) => {
    const id = shown[index];
    const [x, y] = pair.split(".").map((part) => parseInt(part, 36) / 1000);
    if (id && x !== undefined && y !== undefined && Number.isFinite(x) && Number.isFinite(y)) found.set(id, { x, y });
  });
  return found;
}
