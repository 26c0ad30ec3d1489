/** Give a file to the person: the browser puts it where it puts files. */
export function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function saveText(name: string, text: string, type: string): void {
  save(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

/** A name for a file, of a title: letters, digits and dashes alone, and never one that a system keeps for itself. */
export function fileName(title: string, suffix: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `keiretsu-${plain.slice(0, 60)}`.replace(/-+/g, "-").replace(/-$/, "") + `.${suffix}`;
}

/** Copy a text; false where this browser, or the frame that the page stands in, does not allow it. */
export async function copy(text: string, field: HTMLInputElement | HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy"); // the way for pages that are no secure context
  }
}
