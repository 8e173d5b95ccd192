import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { answer } from "@/api/problem";
import { type Filters, toQuery } from "@/inbox/filters";

/** How often it is looked at what no change of a case tells: whom a task is with, what has become overdue. */
const LOOK_AGAIN = 15_000;

/** What the API is asked for the tasks of a view, in a language. */
export function tasksOf(filters: Filters, language: string) {
  return infiniteQueryOptions({
    queryKey: ["tasks", filters, language],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/v1/work-items", {
          params: { query: { ...toQuery(filters), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export const countsIn = (language: string) =>
  queryOptions({ queryKey: ["counts", language], queryFn: () => answer(api.GET("/v1/work-items/counts")) });

/** The tasks of a view, page by page; the old ones stay until the new are there. */
export function useTasks(filters: Filters) {
  const { language } = useTranslation().i18n;
  return useInfiniteQuery({
    ...tasksOf(filters, language),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN,
  });
}

/** How much there is to do, for the badges. */
export function useCounts() {
  const { language } = useTranslation().i18n;
  return useQuery({ ...countsIn(language), placeholderData: keepPreviousData, refetchInterval: LOOK_AGAIN });
}
