import type { Scene } from "../state/scene";
import type { Claim, Edge, Known, Tie } from "./known";

/** How sure a tie is, by the claims that it rests on. */
export type Manner = "stated" | "derived" | "several";

/** Ties that follow from several claims together are walked by those that they follow from. */
export function mannerOf(tie: Tie): Manner {
  if (tie.claims.length > 1) return "several";
  return tie.rule === null ? "stated" : "derived";
}

/** Decides what a scene's filters and clocks let pass. */
export class Passing {
  constructor(private readonly known: Known, private readonly scene: Pick<Scene, "off" | "asOf" | "knownBy">) {}

  node(family: string, kind: string): boolean {
    return !this.scene.off.has(`family:${family}`) && !this.scene.off.has(`kind:${kind}`);
  }

  claim(claim: Claim): boolean {
    const { off } = this.scene;
    if (off.has(`modality:${claim.modality}`) || off.has(`speaker:${claim.speaker}`) || off.has(`source:${claim.source}`)) return false;
    if (claim.roles.some((role) => off.has(`role:${role}`))) return false;
    if (off.has(claim.disputed ? "dispute:disputed" : "dispute:undisputed")) return false;
    return this.intime(claim);
  }

  /** As `--as-of` and `--known-by`: what was certainly not so, or could not be known, is left out. */
  intime(claim: Claim): boolean {
    const { asOf, knownBy } = this.scene;
    if (asOf && ((claim.from && claim.from > asOf) || (claim.until && claim.until < asOf))) return false;
    return !(knownBy && claim.known && claim.known > knownBy);
  }

  tie(tie: Tie): boolean {
    return !this.scene.off.has(`manner:${mannerOf(tie)}`) && tie.claims.every((claim) => this.claim(claim));
  }

  /** The ties of an edge that pass; empty where it is not drawn. */
  ties(edge: Edge): Tie[] {
    const relation = this.known.about.relations[edge.relation]!;
    if (this.scene.off.has(`group:${relation.group}`) || this.scene.off.has(`relation:${relation.id}`)) return [];
    const { subject, object } = edge;
    if (!this.node(subject.family, this.kind(subject.kind)) || !this.node(object.family, this.kind(object.kind))) return [];
    return edge.ties.filter((tie) => this.tie(tie));
  }

  private kind(kind: number): string {
    return this.known.about.kinds[kind]!.id;
  }
}

/** Every claim that some ties rest on, each once. */
export function claimsOf(ties: readonly Tie[]): Claim[] {
  return [...new Set(ties.flatMap((tie) => tie.claims))];
}
