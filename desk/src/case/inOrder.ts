type Clock = { state: string; due_at: string };

/** Whether a clock's time can still come. */
export function runs(clock: Pick<Clock, "state">): boolean {
  return clock.state === "running" || clock.state === "paused";
}

/** Clocks as they matter: those that run first, the next due first; then those that are over, the latest first. */
export function inOrder<T extends Clock>(clocks: T[]): T[] {
  return [...clocks].sort((one, other) => {
    if (runs(one) !== runs(other)) return runs(one) ? -1 : 1;
    const later = one.due_at < other.due_at ? -1 : 1;
    return runs(one) ? later : -later;
  });
}
