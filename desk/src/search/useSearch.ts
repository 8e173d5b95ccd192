import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { answer } from "@/api/problem";

/** What was found, page by page. */
export function useSearch(words: string) {
  const { language } = useTranslation().i18n;
  return useInfiniteQuery({
    queryKey: ["search", words, language],
    queryFn: ({ pageParam }) =>
      answer(api.GET("/v1/search", { params: { query: { q: words, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: words.length >= 2,
  });
}
