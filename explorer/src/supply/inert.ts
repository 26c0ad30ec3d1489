/** What stands in the page as inert JSON, unpacked where it was packed (page.py says when). */
export async function held<T>(id: string): Promise<T | null> {
  const element = document.getElementById(id);
  if (!element) return null;
  const text = element.textContent ?? "";
  const json = element.dataset.packed === "gzip" ? await unpacked(text) : text;
  element.remove(); // a hundred thousand rows are not kept twice
  return JSON.parse(json) as T;
}

async function unpacked(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64.trim()), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** A text that stands in the page; empty where there is none (inert.py says how it is written). */
export function heldText(id: string): string {
  const text = document.getElementById(id)?.textContent ?? "";
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
