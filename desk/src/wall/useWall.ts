import type { components } from "@generated/openapi";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { answer } from "@/api/problem";
import { gather } from "@/live/gather";
import { listen } from "@/live/listen";

export type WallShown = components["schemas"]["WallShown"];

/** Time passes without a change: orders leave the last minute, deadlines come near. */
const LOOK_AGAIN = 5_000;
const A_MOMENT = 1_000;

/** What the wall shows, read again as things change, at most once a second. */
export function useWall() {
  const { language } = useTranslation().i18n;
  const queries = useQueryClient();
  useEffect(() => {
    const renew = () => void queries.invalidateQueries({ queryKey: ["wall"] });
    const changed = gather(renew, A_MOMENT);
    const end = listen(
      ({ case_id }) => changed.add(case_id),
      renew,
      () => void queries.invalidateQueries({ queryKey: ["me"] }),
    );
    return () => {
      end();
      changed.stop();
    };
  }, [queries]);
  return useQuery({
    queryKey: ["wall", language],
    queryFn: () => answer(api.GET("/v1/wall")),
    refetchInterval: LOOK_AGAIN,
    refetchIntervalInBackground: true,
  });
}
