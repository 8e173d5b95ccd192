const STEP = 15_000;

let aheadBy = 0;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function turn() {
  now = Date.now() + aheadBy;
  for (const tell of listeners) tell();
}

/** The time by which cases live, which may be a test clock's; one step for whatever shows it, each quarter minute. */
export const serverTime = {
  now: () => now,
  /** By how many milliseconds the server is ahead of this machine. */
  set(ahead: number) {
    aheadBy = ahead;
    turn();
  },
  subscribe(tell: () => void) {
    listeners.add(tell);
    timer ??= setInterval(turn, STEP);
    return () => {
      listeners.delete(tell);
      if (listeners.size) return;
      clearInterval(timer);
      timer = undefined;
    };
  },
};
