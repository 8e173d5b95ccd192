import { useRef } from "react";
import type { Task } from "@/inbox/filters";
import { steady } from "@/inbox/steady";

/** The tasks as they are shown: those of a view, kept in their places while a hand is on them. */
export function useSteady(latest: Task[], view: string, held: boolean) {
  const before = useRef<{ view: string; rows: Task[] }>({ view, rows: latest });
  const kept = steady(before.current.rows, latest, held && before.current.view === view);
  before.current = { view, rows: kept.rows };
  return kept;
}
