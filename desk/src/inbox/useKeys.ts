import { useEffect, useRef } from "react";
import { isTyping } from "@/app/isTyping";
import { beside } from "@/inbox/beside";
import type { Task } from "@/inbox/filters";

type Hands = {
  items: Task[];
  open: string | null;
  show: (task: Task) => void;
  help: () => void;
};

/** Presses the button of a key. One that cannot be pressed yet leads to what is to be chosen first. */
function press(name: string) {
  const button = document.querySelector<HTMLButtonElement>(`[data-key="${name}"]`);
  if (button?.disabled) button.closest("[data-outcomes]")?.querySelector<HTMLElement>("input[type=radio]")?.focus();
  else button?.click();
}

/** What ends typing: Escape leaves the field, Ctrl and Enter complete from within it. */
function finishTyping(event: KeyboardEvent) {
  if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
  else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) press("e");
}

/** j and k go through the list, c claims, e completes, ? helps; never while somebody is typing. */
export function useKeys({ items, open, show, help }: Hands) {
  const was = useRef(0);
  useEffect(() => {
    const at = items.findIndex((task) => task.item_id === open);
    if (at >= 0) was.current = at;
    function onKey(event: KeyboardEvent) {
      if (isTyping(event.target)) return finishTyping(event);
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { j: 1, k: -1 }[event.key] as 1 | -1 | undefined;
      const next = step && beside(items, open, was.current, step);
      if (next) show(next);
      else if (event.key === "c" || event.key === "e") press(event.key);
      else if (event.key === "?") help();
      else return;
      event.preventDefault();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}
