import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { answer, type Problem } from "@/api/problem";

export type Completion = { outcome: string; note: string; data: Record<string, unknown> };

/** One task with what speaks against its outcomes, and what can be done with it. */
export function useTask(itemId: string) {
  const { language } = useTranslation().i18n;
  const queries = useQueryClient();
  const at = { params: { path: { item_id: itemId } } };
  const seenAnew = () =>
    Promise.all([["tasks"], ["counts"], ["task", itemId]].map((queryKey) => queries.invalidateQueries({ queryKey })));

  const task = useQuery({
    queryKey: ["task", itemId, language],
    queryFn: () => answer(api.GET("/v1/work-items/{item_id}", at)),
  });
  const claim = useMutation<unknown, Problem>({
    mutationFn: () => answer(api.POST("/v1/work-items/{item_id}/claim", at)),
    onSettled: seenAnew,
  });
  const release = useMutation<unknown, Problem>({
    mutationFn: () => answer(api.POST("/v1/work-items/{item_id}/release", at)),
    onSettled: seenAnew,
  });
  const complete = useMutation<unknown, Problem, Completion>({
    mutationFn: (body) => answer(api.POST("/v1/work-items/{item_id}/complete", { ...at, body })),
    onSettled: seenAnew,
  });
  return { task, claim, release, complete };
}
