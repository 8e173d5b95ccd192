/** Whether a key is a letter that somebody writes, and not one that does something. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && ["radio", "checkbox"].includes(target.type)) return false;
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}
