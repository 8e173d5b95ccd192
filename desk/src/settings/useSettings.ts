import type { components } from "@generated/openapi";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { answer, type Problem } from "@/api/problem";

export type Section = components["schemas"]["SectionShown"];

/** What a section's own editor gets: its form for the words of its choices, what it holds, and changing that. */
export type Editing<T> = {
  form: Section["form"];
  value: T;
  change(value: T): void; // as a method, so that editors of any value stand in one list
};

/** What the shop has set up, section by section; and setting one. */
export function useSettings(merchant: string) {
  const { language } = useTranslation().i18n;
  const queries = useQueryClient();
  const sections = useQuery({
    queryKey: ["settings", merchant, language],
    queryFn: () => answer(api.GET("/v1/merchants/{merchant}/settings", { params: { path: { merchant } } })),
  });
  const set = useMutation<unknown, Problem, { section: string; value: Record<string, unknown> }>({
    mutationFn: ({ section, value }) => answer(putSection(merchant, section, value)),
    onSettled: () => queries.invalidateQueries({ queryKey: ["settings"] }),
  });
  return { sections, set };
}

/** Every section has an address of its own, alike but for its name; what each takes, its form knows. */
function putSection(merchant: string, section: string, value: Record<string, unknown>) {
  const address = `/v1/merchants/{merchant}/settings/${section}` as "/v1/merchants/{merchant}/settings/ship-hold";
  return api.PUT(address, { params: { path: { merchant } }, body: value as never });
}
