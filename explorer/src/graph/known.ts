import type { About, ClaimRow, Fragment } from "../format";

export interface Node {
  readonly id: string;
  readonly name: string;
  readonly kind: number;
  readonly family: string;
  /** Where it stands in the picture of the whole, in the unit disc. */
  readonly x: number;
  readonly y: number;
  /** How many ties it has in the whole graph. */
  readonly ties: number;
  readonly edges: Edge[];
}

export interface Claim {
  readonly id: string;
  readonly speaker: string;
  readonly modality: string;
  readonly source: string;
  readonly roles: readonly string[];
  readonly factual: boolean;
  readonly disputed: boolean;
  readonly from: string | null;
  readonly until: string | null;
  readonly known: string | null;
}

export interface Tie {
  /** The rule that it follows by, or null where one claim says it. */
  readonly rule: string | null;
  readonly claims: readonly Claim[];
  /** Whether it is a fact, and not only claimed or planned. */
  readonly factual: boolean;
}

/** Everything that ties one thing to another by one relation: what is drawn as one line. */
export interface Edge {
  readonly key: string;
  readonly subject: Node;
  readonly object: Node;
  readonly relation: number;
  readonly ties: Tie[];
}

/** All of the graph that is at hand. It grows, and nothing in it changes. */
export class Known {
  readonly nodes = new Map<string, Node>();
  readonly edges = new Map<string, Edge>();
  readonly claims = new Map<string, Claim>();
  readonly names = new Map<string, string>();
  private readonly seen = new Set<string>();

  constructor(readonly about: About) {}

  absorb(fragment: Fragment): void {
    for (const [id, name] of Object.entries(fragment.names)) this.names.set(id, name);
    for (const [id, name, kind, x, y, ties] of fragment.nodes) {
      if (this.nodes.has(id)) continue;
      const family = this.about.kinds[kind]?.family ?? "idea";
      this.nodes.set(id, { id, name, kind, family, x, y, ties, edges: [] });
    }
    const claims = fragment.claims.map((row) => this.claim(row));
    const nodes = fragment.nodes.map((row) => this.nodes.get(row[0])!);
    for (const [s, relation, o, rule, at, fact] of fragment.ties) {
      const subject = nodes[s]!;
      const object = nodes[o]!;
      const key = edgeKey(subject.id, this.about.relations[relation]!.id, object.id);
      let edge = this.edges.get(key);
      if (!edge) {
        edge = { key, subject, object, relation, ties: [] };
        this.edges.set(key, edge);
        subject.edges.push(edge);
        if (object !== subject) object.edges.push(edge);
      }
      const restsOn = at.map((place) => claims[place]!);
      const mark = `${key}|${rule}|${restsOn.map((claim) => claim.id).join()}`;
      if (this.seen.has(mark)) continue;
      this.seen.add(mark);
      edge.ties.push({ rule: rule < 0 ? null : this.about.rules[rule]![0], claims: restsOn, factual: fact !== 0 && restsOn.every((claim) => claim.factual) });
    }
  }

  private claim(row: ClaimRow): Claim {
    const [id, speaker, modality, source, roles, factual, disputed, from, until, known] = row;
    const there = this.claims.get(id);
    if (there) return there;
    const made: Claim = {
      id, speaker, source, from, until, known,
      modality: this.about.modalities[modality]![0],
      roles: roles.map((role) => this.about.roles[role]![0]),
      factual: factual === 1,
      disputed: disputed === 1,
    };
    this.claims.set(id, made);
    return made;
  }

  name(id: string): string {
    return this.nodes.get(id)?.name ?? this.names.get(id) ?? id;
  }
}

export function edgeKey(subject: string, relation: string, object: string): string {
  return `${subject}~${relation}~${object}`;
}

export function otherEnd(edge: Edge, id: string): Node {
  return edge.subject.id === id ? edge.object : edge.subject;
}
