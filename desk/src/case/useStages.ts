import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { answer } from "@/api/problem";

/** The stages of every kind of case, as they are declared; they change with a new version only. */
export function useStages() {
  const { language } = useTranslation().i18n;
  const stages = useQuery({
    queryKey: ["stages", language],
    queryFn: () => answer(api.GET("/v1/stages")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return stages.data?.items ?? [];
}
