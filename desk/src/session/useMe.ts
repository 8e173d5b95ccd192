import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { csrf } from "@/api/csrf";
import { answer } from "@/api/problem";

async function askWhoIAm() {
  const asked = Date.now();
  const me = await answer(api.GET("/v1/me"));
  csrf.set(me.csrf);
  return { ...me, aheadBy: new Date(me.now).getTime() - (asked + Date.now()) / 2 };
}

/** Who is signed in here; a Problem of status 401 while nobody is. Asked again each minute, for the time of cases. */
export function useMe() {
  return useQuery({ queryKey: ["me"], queryFn: askWhoIAm, retry: false, refetchInterval: 60_000 });
}

/** Forgets all that was read, because somebody else signs in or nobody is any more. */
export function useForget() {
  const queries = useQueryClient();
  return () => {
    csrf.set(null);
    queries.clear();
  };
}
