import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { answer } from "@/api/problem";

/** The editions there are, and the words of one. */
export function useEditions() {
  const { language } = useTranslation().i18n;
  return useQuery({ queryKey: ["editions", language], queryFn: () => answer(api.GET("/v1/policies")) });
}

export function useWords(edition: string | undefined) {
  return useQuery({
    queryKey: ["words", edition],
    queryFn: () => answer(api.GET("/v1/policies/{policy_id}/work", { params: { path: { policy_id: edition ?? "" } } })),
    enabled: edition !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
