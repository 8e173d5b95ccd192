import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { gather } from "@/live/gather";
import { listen } from "@/live/listen";

const LISTS = [["tasks"], ["task"], ["search"]];
const COUNTS = [["counts"]];
const A_MOMENT = 500;
const A_WHILE = 2_000;

/** Keeps what is on the page as it is in the shop: what changed is read again, at most twice a second, badges less often. */
export function useLive() {
  const queries = useQueryClient();
  useEffect(() => {
    const renew = (keys: readonly string[][]) => {
      for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
    };
    const changed = gather((cases) => renew([...LISTS, ...cases.map((id) => ["case", id])]), A_MOMENT);
    const counted = gather(() => renew(COUNTS), A_WHILE); // all tasks of a shop are counted each time
    let missed: ReturnType<typeof setTimeout> | undefined;
    // What changed before it was listened to is read again, once the page that is being drawn stands there.
    function begin() {
      clearTimeout(missed);
      missed = setTimeout(() => renew([...LISTS, ...COUNTS, ["case"]]), A_WHILE);
    }
    const end = listen(
      ({ case_id }) => {
        changed.add(case_id);
        counted.add(case_id);
      },
      begin,
      () => renew([["me"]]),
    );
    return () => {
      end();
      changed.stop();
      counted.stop();
      clearTimeout(missed);
    };
  }, [queries]);
}
