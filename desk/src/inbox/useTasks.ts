import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { answer } from "@/api/problem";
import { useNow } from "@/app/useNow";
import { type Filters, toQuery } from "@/inbox/filters";
import { useMe } from "@/session/useMe";

/** How often it is looked at what no change of a case tells: whom a task is with, what has become overdue. */
const LOOK_AGAIN = 15_000;

/** The tasks of a view, page by page; the old ones stay until the new are there. */
export function useTasks(filters: Filters) {
  const { language } = useTranslation().i18n;
  const groups = useMe().data?.groups ?? [];
  const now = useNow();
  return useInfiniteQuery({
    queryKey: ["tasks", filters, groups, language],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/v1/work-items", {
          params: { query: { ...toQuery(filters, groups, now), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN,
  });
}

/** How much there is to do, for the badges. */
export function useCounts() {
  return useQuery({
    queryKey: ["counts"],
    queryFn: () => answer(api.GET("/v1/work-items/counts")),
    refetchInterval: LOOK_AGAIN,
  });
}
