type Clock = { state: string; due_at: string };

/** Clocks as they matter: those that run first, the next due first; then those that are over, the latest first. */
export function inOrder<T extends Clock>(clocks: T[]): T[] {
  const running = (clock: T) => clock.state === "running" || clock.state === "paused";
  return [...clocks].sort((one, other) => {
    if (running(one) !== running(other)) return running(one) ? -1 : 1;
    const later = one.due_at < other.due_at ? -1 : 1;
    return running(one) ? later : -later;
  });
}
