/** What no XML document may hold, not even escaped (XML 1.0, 2.2): NUL, most controls, halves of pairs. */
const UNFIT = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

type Values = Readonly<Record<string, string | number | null | undefined>>;

/** Makes elements of one namespace: texts go in as text, so that no name can be markup. */
export class Maker {
  constructor(readonly document: XMLDocument, private readonly namespace: string) {}

  make(name: string, values: Values = {}, text?: string): Element {
    const element = this.document.createElementNS(this.namespace, name);
    this.set(element, values);
    if (text !== undefined) element.append(fit(text));
    return element;
  }

  set(element: Element, values: Values): void {
    for (const [key, value] of Object.entries(values)) if (value !== null && value !== undefined) element.setAttribute(key, fit(String(value)));
  }

  add(parent: Element, name: string, values: Values = {}, text?: string): Element {
    const element = this.make(name, values, text);
    parent.append(element);
    return element;
  }
}

export function fit(text: string): string {
  return text.replace(UNFIT, "\ufffd");
}

export function serialised(document: XMLDocument): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document)}\n`;
}
