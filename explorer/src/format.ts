/**
 * What a file holds and what the server sends: one shape for both.
 *
 * keiretsu/explorer/ writes it (fragments.py, details.py, told.py, about.py); nothing else knows both sides. Rows are
 * arrays where there may be a hundred thousand of them. Days are "2025-07-01"; a null day leaves that side open.
 */

/** `[id, name, kind, x, y, ties]`: kind is a position in `About.kinds`, ties how many the thing has in the whole graph. */
export type NodeRow = [string, string, number, number, number, number];

/**
 * `[subject, relation, object, rule, claims]`: ends are positions in `Fragment.nodes`, claims in `Fragment.claims`,
 * relation in `About.relations`; rule in `About.rules`, or -1 where one claim says the tie itself. A last 0 stands where
 * the tie is no fact though its claims are: what a deal plans.
 */
export type TieRow = [number, number, number, number, number[], 0?];

/**
 * `[id, speaker, modality, source, roles, factual, disputed, from, until, known]`: modality and roles are positions in
 * `About`; factual and disputed 0 or 1; from and until bound the days on which it may have been so, known is the first
 * day on which it may have been known: the rules of `--as-of` and `--known-by`.
 */
export type ClaimRow = [string, string, number, string, number[], 0 | 1, 0 | 1, string | null, string | null, string | null];

/** Some nodes, every tie between any two of them, and the claims that those rest on. */
export interface Fragment {
  nodes: NodeRow[];
  ties: TieRow[];
  claims: ClaimRow[];
  /** Names of the speakers and titles of the sources in `claims`, by id. */
  names: Record<string, string>;
}

export interface Kind { id: string; label: string; many: string; family: string }
export interface Relation {
  id: string; label: string; inverse: string; symmetric: boolean; group: string;
  /** Whether chains of ties lead over it: it is no remark. */
  walk?: boolean;
  /** Whether one end belongs to the other, as `keiretsu_ontology.dependence` declares. */
  owns?: boolean;
}

/** What is said of the graph as a whole: the words of the ontology that the page needs, and where it begins. */
export interface About {
  served: boolean;
  name: string;
  title: string;
  digest: string;
  version: string;
  counts: { entities: number; claims: number; sources: number; conflicts: number; ties: number };
  /** Of all places of evidence, how many are shown with their words. */
  coverage: { read: number; places: number };
  kinds: Kind[];
  families: [string, string][];
  groups: [string, string][];
  /** Groups of ties that are not drawn until asked for. */
  hidden: string[];
  relations: Relation[];
  /** `[id, sentence]` of the rules that ties follow by. */
  rules: [string, string][];
  /** `[id, meaning]`. */
  modalities: [string, string][];
  roles: [string, string][];
  questions: Question[];
  start: Start;
  views: NamedView[];
  /** The clocks that the graph was narrowed by when the page was made. */
  clocks: { asOf: string | null; knownBy: string | null };
}

/** What is in view at first. */
export interface Start { ids: string[]; chosen: string | null; title: string }

/** A view that the dataset keeps (views.yaml): a tab of its own, with steps where it tells a story. */
export interface NamedView {
  id: string;
  title: string;
  note: string;
  /** The part of the address after "#". */
  state: string;
  /** Ids of the claims that title and note rest on. */
  claims: string[];
  steps: { title: string; note: string; state: string; claims: string[] }[];
}

export interface Parameter {
  name: string;
  label: string;
  help: string;
  /** Whether it is an entity, one of some words, a day, a number, a yes or no, or any text. */
  sort: "entity" | "choice" | "day" | "number" | "flag" | "text";
  required: boolean;
  many: boolean;
  choices: string[];
  value: string | null;
}
export interface Question { name: string; asks: string; help: string; parameters: Parameter[]; examples: string[] }

/** A thing that a text may mean. */
export interface Found { id: string; name: string; kind: number; match: string }

/** Neighbours of a thing by one relation in one direction, most important first. */
export interface Tally {
  relation: number;
  /** True where the thing asked about is the subject. */
  outward: boolean;
  count: number;
  /** `[id, name, kind, ties]`, at most fifty. */
  top: [string, string, number, number][];
}

export interface Place {
  source: string;
  /** "characters 12 to 80", or that it is the source as a whole. */
  at: string;
  /** The words there, where the text is at hand or they are quoted. */
  words: string | null;
}

export interface Figure {
  metric: string;
  label: string;
  /** As the source writes it. */
  value: string;
  low: number | null;
  high: number | null;
  unit: string;
  period: string;
  /** The first and last day of its period. */
  from: string | null;
  until: string | null;
  /** Figures may be compared only where this is equal. */
  like: string;
  /** Id of what it is a figure of. */
  of?: string;
}

export interface ClaimDetail {
  key: string;
  shape: "statement" | "deal" | "observation" | "occurrence";
  /** The heading it stands under: a group of relations, or the shape. */
  group: string;
  text: string;
  /** In a few words: subject, relation, object. */
  says: string;
  who: string;
  speaker: string;
  modality: string;
  factual: boolean;
  rank: string;
  why: string | null;
  when: string;
  /** The day it is sorted by. */
  day: string | null;
  published: string;
  /** Ids of everything it names. */
  about: string[];
  restates: string | null;
  source: string;
  places: Place[];
  figure: Figure | null;
}

export interface EntityDetail {
  name: string;
  kind: number;
  description: string | null;
  /** `[text, language]`. */
  names: [string, string | null][];
  /** `[scheme, value, address or null]`. */
  identifiers: [string, string, string | null][];
  /** Its claims, by id. */
  claims: string[];
}

export interface Source {
  title: string;
  publisher: string | null;
  kind: string;
  published: string | null;
  recorded: string;
  url: string | null;
}

export interface Conflict {
  id: string;
  why: string;
  note: string;
  /** "open", "settled by rank" or "explained". */
  standing: string;
  claims: string[];
}

/** What panes read: for some entities all of their claims, for some claims those. */
export interface Details {
  entities: Record<string, EntityDetail>;
  claims: Record<string, ClaimDetail>;
  conflicts: Conflict[];
  sources: Record<string, Source>;
  /** Names of everything that is named here. */
  names: Record<string, string>;
}

export type Style = "title" | "heading" | "name" | "quiet" | "good" | "warn" | "bad" | null;
/** The blocks of keiretsu_queries/sheets.py. */
export type Block =
  | { sort: "line"; spans: [string, Style][]; indent: number }
  | { sort: "said"; claim: string; says: string; who: string; when: string; key: string; places: string; indent: number }
  | { sort: "table"; columns: { label: string; number: boolean }[]; rows: string[][]; indent: number }
  | { sort: "bars"; title: string; bars: { label: string; low: number; high: number; text: string; style: Style }[] }
  | { sort: "axis"; stretches: { lane: string; label: string; earliest: string | null; latest: string | null; style: Style }[] };

/** An answer, laid out. */
export interface Told {
  name: string;
  question: string;
  state: "known" | "only claimed" | "conflicting" | "not known";
  /** What one types for the same answer. */
  command: string;
  blocks: Block[];
  notes: string[];
  instead: string[];
  /** Things that the answer is about, to be shown: the most important first. */
  nodes: string[];
  /** Claims that it rests on. */
  claims: string[];
  /** Chains of things that can be picked one by one. */
  paths: string[][];
  /** Where the answer has steps: things by column, what is depended on to the left. */
  layers: string[][];
  sources: Record<string, Source>;
}

/** What stands in a file beside its code. */
export interface Held {
  about: About;
  fragment: Fragment;
  /** Answers that the file was given, by "question id". */
  told: Record<string, Told>;
}
