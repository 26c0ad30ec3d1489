/** How the editor looks: by the colours of the page, so that it turns dark with it. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const mixed = (colour: string, share: number) => `color-mix(in oklab, var(${colour}) ${share}%, var(--ink))`;
const MONO = 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace';
const BOX = { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "6px" };

const looks = {
  "&": { backgroundColor: "var(--paper)", color: "var(--ink)", fontSize: "13px", borderRadius: "5px", maxHeight: "min(22rem, 45vh)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: MONO, lineHeight: "1.55", minHeight: "8.5rem" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "1.5px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--quiet)", border: "none", paddingLeft: "4px" },
  ".cm-activeLine": { backgroundColor: "color-mix(in oklab, var(--ink) 4%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in oklab, var(--accent) 24%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", boxShadow: "inset 0 -2px 0 var(--accent)", fontWeight: "700" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", boxShadow: "inset 0 -2px 0 var(--bad)" },
  ".cm-specialChar": { color: "var(--bad)" },
  ".cm-mistaken": { backgroundColor: "color-mix(in oklab, var(--bad) 9%, transparent)" },
  ".cm-mistake": { textDecoration: "underline wavy var(--bad) 1.5px", textUnderlineOffset: "4px" },
  ".cm-tooltip": { ...BOX, boxShadow: "0 6px 24px rgb(0 0 0 / 0.16)", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete": { overflow: "visible" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: MONO, fontSize: "12.5px", maxHeight: "15rem", maxWidth: "min(34rem, 92vw)", borderRadius: "5px" },
  ".cm-tooltip-autocomplete > ul > li": { display: "flex", alignItems: "baseline", padding: "4px 10px !important", gap: "8px" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--chosen) !important", color: "var(--ink) !important" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionLabel": { overflow: "hidden", textOverflow: "ellipsis", unicodeBidi: "isolate" },
  ".cm-completionDetail": {
    color: "var(--quiet)", fontStyle: "normal", marginLeft: "auto", paddingLeft: "12px", overflow: "hidden", textOverflow: "ellipsis",
    fontFamily: "system-ui, sans-serif", unicodeBidi: "isolate",
  },
  ".cm-completionInfo": { ...BOX, fontSize: "13px", lineHeight: "1.45", padding: "8px 12px", maxWidth: "min(22rem, 90vw)", overflowWrap: "anywhere" },
  ".cm-completionInfo.cm-completionInfo-left-narrow, .cm-completionInfo.cm-completionInfo-right-narrow": {
    top: "100% !important", bottom: "auto !important", left: "0 !important", right: "0 !important", width: "auto !important", maxWidth: "none !important", margin: "2px 0 0",
  },
  ".cm-tooltip-autocomplete > ul > li.cm-named": { fontFamily: "system-ui, sans-serif", fontSize: "13px" },
  ".cm-snippetField": { backgroundColor: "color-mix(in oklab, var(--accent) 12%, transparent)" },
};

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool], color: "var(--accent)", fontWeight: "600" },
  { tag: tags.namespace, color: mixed("--accent", 45) },
  { tag: tags.url, color: mixed("--accent", 45) },
  { tag: tags.variableName, color: "var(--ink)", fontWeight: "600" },
  { tag: [tags.string, tags.integer, tags.float], color: mixed("--warn", 70) },
  { tag: [tags.annotation, tags.typeName], color: "var(--quiet)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

export function theme(dark: boolean): Extension {
  return [EditorView.theme(looks, { dark }), syntaxHighlighting(colours)];
}
