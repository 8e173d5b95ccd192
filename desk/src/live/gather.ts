/** Hands things on together, once a moment has passed since the first of them: each once. */
export function gather(handOn: (things: string[]) => void, moment: number) {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    timer = undefined;
    const things = [...waiting];
    waiting.clear();
    handOn(things);
  }
  return {
    add(thing: string) {
      waiting.add(thing);
      timer ??= setTimeout(flush, moment);
    },
    stop: () => clearTimeout(timer),
  };
}
