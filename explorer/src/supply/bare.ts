import type { Details } from "../format";

/** Records are asked for by ids that somebody typed: none of them may be a word of the language, as `constructor` is. */
export function bare(details: Details): Details {
  for (const record of [details.entities, details.claims, details.sources, details.names]) Object.setPrototypeOf(record, null);
  return details;
}

export function noDetails(): Details {
  return bare({ entities: {}, claims: {}, conflicts: [], sources: {}, names: {} });
}
