import type { components } from "@generated/openapi";
import { type InfiniteData, type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { answer, type Problem } from "@/api/problem";
import type { Task } from "@/inbox/filters";

type Told = components["schemas"]["WorkItemShown"];
type Page = components["schemas"]["TaskInRowPage"];
export type Completion = { outcome: string; note: string; data: Record<string, unknown> };

/** One task with what speaks against its outcomes, and what can be done with it. */
export function useTask(itemId: string) {
  const { language } = useTranslation().i18n;
  const queries = useQueryClient();
  const at = { params: { path: { item_id: itemId } } };
  const settled = {
    onSuccess: (told: Told) => showAtOnce(queries, told, language),
    onSettled: () => {
      for (const queryKey of [["tasks"], ["counts"], ["task", itemId]]) void queries.invalidateQueries({ queryKey });
    },
  };

  const task = useQuery({
    queryKey: ["task", itemId, language],
    queryFn: () => answer(api.GET("/v1/work-items/{item_id}", at)),
  });
  const claim = useMutation<Told, Problem>({
    mutationFn: () => answer(api.POST("/v1/work-items/{item_id}/claim", at)),
    ...settled,
  });
  const release = useMutation<Told, Problem>({
    mutationFn: () => answer(api.POST("/v1/work-items/{item_id}/release", at)),
    ...settled,
  });
  const complete = useMutation<Told, Problem, Completion>({
    mutationFn: (body) => answer(api.POST("/v1/work-items/{item_id}/complete", { ...at, body })),
    ...settled,
  });
  return { task, claim, release, complete };
}

/** What the API answered is shown before anything is read anew: whose the task is, whether it is still open. */
function showAtOnce(queries: QueryClient, told: Told, language: string) {
  const { item_id, assignee, state } = told;
  queries.setQueryData<Told>(["task", item_id, language], (known) => known && { ...known, assignee, state });
  const changed = (task: Task) => (task.item_id === item_id ? { ...task, assignee, state } : task);
  queries.setQueriesData<InfiniteData<Page>>({ queryKey: ["tasks"] }, (known) =>
    known?.pages
      ? { ...known, pages: known.pages.map((page) => ({ ...page, items: page.items.map(changed) })) }
      : known,
  );
}
