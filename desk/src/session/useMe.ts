import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { csrf } from "@/api/csrf";
import { answer } from "@/api/problem";
import { serverTime } from "@/app/serverTime";

async function askWhoIAm() {
  const asked = Date.now();
  const me = await answer(api.GET("/v1/me"));
  csrf.set(me.csrf);
  serverTime.set(new Date(me.now).getTime() - (asked + Date.now()) / 2);
  return me;
}

export const ME = queryOptions({ queryKey: ["me"], queryFn: askWhoIAm, retry: false });

/** Who is signed in here; a Problem of status 401 while nobody is. Asked again each minute, for the time of cases. */
export function useMe() {
  return useQuery({ ...ME, refetchInterval: 60_000 });
}

/** Forgets all that was read, because somebody else signs in or nobody is any more. */
export function useForget() {
  const queries = useQueryClient();
  return () => {
    csrf.set(null);
    queries.clear();
  };
}
