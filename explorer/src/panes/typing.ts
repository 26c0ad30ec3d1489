/** Whether a key that is pressed now belongs to a text that is being written. */
export function isTyping(): boolean {
  const at = document.activeElement;
  return at instanceof HTMLElement && (/^(input|textarea|select)$/i.test(at.tagName) || at.closest(".cm-editor") !== null);
}
