export type Change = { case_id: string };

const SHARED = "caseline-changes";

/**
 * Tells of each change in the shop as it comes, until it is ended. One page of a browser listens for all of them where
 * the browser can agree on one: it has few connections to a server, and each stream takes one.
 */
export function listen(tell: (change: Change) => void, begin: () => void, lost: () => void): () => void {
  const channel = new BroadcastChannel(SHARED);
  const ended = new AbortController();
  channel.onmessage = (event: MessageEvent<Change>) => tell(event.data);

  function lead() {
    const stream = new EventSource("/v1/changes/stream");
    stream.onopen = begin;
    stream.onerror = lost;
    stream.onmessage = (event: MessageEvent<string>) => {
      const change = JSON.parse(event.data) as Change;
      channel.postMessage(change);
      tell(change);
    };
    return new Promise<void>((done) =>
      ended.signal.addEventListener("abort", () => {
        stream.close();
        done();
      }),
    );
  }
  if (navigator.locks) void navigator.locks.request(SHARED, { signal: ended.signal }, lead).catch(() => undefined);
  else void lead();
  return () => {
    ended.abort();
    channel.close();
  };
}
