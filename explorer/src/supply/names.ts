import Fuse from "fuse.js";
import type { Details, Found } from "../format";
import type { Known } from "../graph/known";

interface Entry { id: string; text: string; folded: string; ties: number }

/** Names and aliases of a file, to be found in any script and with slips: exact, beginning, part, then alike. */
export class NameIndex {
  private readonly entries: Entry[];
  private fuse: Fuse<Entry> | null = null;

  constructor(private readonly known: Known, details: Details | null) {
    this.entries = [];
    for (const node of known.nodes.values()) {
      const entity = details?.entities[node.id];
      const texts = [node.name, node.id, ...(entity?.names ?? []).map(([text]) => text), ...(entity?.identifiers ?? []).map(([, value]) => value)];
      for (const text of new Set(texts)) this.entries.push({ id: node.id, text, folded: fold(text), ties: node.ties });
    }
  }

  find(text: string, limit: number): Found[] {
    const wanted = fold(text).slice(0, 80);
    if (!wanted) return [];
    const best = new Map<string, { entry: Entry; score: number }>();
    const offer = (entry: Entry, score: number): void => {
      const there = best.get(entry.id);
      if (!there || there.score > score) best.set(entry.id, { entry, score });
    };
    for (const entry of this.entries) {
      const at = entry.folded.indexOf(wanted);
      if (at < 0) continue;
      const begins = at > 0 && /[\s\-(/.]/.test(entry.folded[at - 1]!);
      offer(entry, entry.folded === wanted ? 0 : at === 0 ? 1 : begins ? 2 : 3);
    }
    if (best.size < limit && wanted.length > 2) {
      this.fuse ??= new Fuse(this.entries, { keys: ["folded"], includeScore: true, threshold: 0.34, distance: 60, ignoreDiacritics: true });
      for (const { item, score } of this.fuse.search(wanted, { limit: 60 })) offer(item, 4 + (score ?? 1));
    }
    return [...best.values()]
      .sort((one, two) => one.score - two.score || two.entry.ties - one.entry.ties || (one.entry.id < two.entry.id ? -1 : 1))
      .slice(0, limit)
      .map(({ entry }) => {
        const node = this.known.nodes.get(entry.id)!;
        return { id: node.id, name: node.name, kind: node.kind, match: entry.text };
      });
  }
}

export const fold = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
