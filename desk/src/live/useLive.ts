import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { gather } from "@/live/gather";
import { listen } from "@/live/listen";

const LISTS = [["tasks"], ["counts"], ["task"], ["search"]];
const A_MOMENT = 500;

/** Keeps what is on the page as it is in the shop: what changed is read again, at most twice a second. */
export function useLive() {
  const queries = useQueryClient();
  useEffect(() => {
    const renew = (keys: readonly string[][]) => {
      for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
    };
    const changed = gather((cases) => renew([...LISTS, ...cases.map((id) => ["case", id])]), A_MOMENT);
    const end = listen(
      ({ case_id }) => changed.add(case_id),
      () => renew([...LISTS, ["case"]]),
      () => renew([["me"]]),
    );
    return () => {
      end();
      changed.stop();
    };
  }, [queries]);
}
