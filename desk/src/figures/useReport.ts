import type { components } from "@generated/openapi";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { answer } from "@/api/problem";
import type { Days } from "@/figures/days";

type Answered = components["schemas"]["ReportAnswered"];
export type Row = Answered["rows"][number];

const LOOK_AGAIN = 60_000;

/** The rows of a report over some days. */
export function useReport(name: string, { from, to }: Days) {
  return useQuery({
    queryKey: ["report", name, from, to],
    queryFn: () =>
      answer<Answered>(
        api.GET("/v1/reports/{name}", { params: { path: { name }, query: { from, to } } }) as Promise<{
          data?: Answered;
          error?: unknown;
          response: Response;
        }>,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN,
  });
}

/** What each report counts, and what its columns are called. */
export function useReports() {
  const { language } = useTranslation().i18n;
  return useQuery({
    queryKey: ["reports", language],
    queryFn: () => answer(api.GET("/v1/reports")),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
