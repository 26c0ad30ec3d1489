import { usePage } from "./context";

/** The name of a thing, which opens it. */
export function Thing({ id, name }: { id: string; name?: string }) {
  const { store, actions } = usePage();
  return <button type="button" class="link" onClick={() => void actions.open(id)}>{name ?? store.known.name(id)}</button>;
}

/** A link to the web, where it is one; else the text alone. */
export function WebLink({ url, text }: { url: string | null; text: string }) {
  if (!url || !/^https?:\/\//i.test(url)) return <>{text}</>;
  return <a href={url} target="_blank" rel="noopener noreferrer">{text}</a>;
}

/** "1 tie", "3 ties". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
