import type { components } from "@generated/openapi";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer, type Problem } from "@/api/problem";
import type { Wanted, WithSecret } from "@/settings/webhooks/useWebhooks";

type TestDelivery = components["schemas"]["TestDelivery"];

/** What an owner can do with a webhook. */
export function useWebhook(webhookId: string) {
  const queries = useQueryClient();
  const at = { params: { path: { webhook_id: webhookId } } };
  const onSettled = () =>
    Promise.all([["webhooks"], ["deliveries", webhookId]].map((queryKey) => queries.invalidateQueries({ queryKey })));
  const change = useMutation<unknown, Problem, Wanted>({
    mutationFn: (body) => answer(api.PUT("/v1/webhooks/{webhook_id}", { ...at, body })),
    onSettled,
  });
  const rotate = useMutation<WithSecret, Problem>({
    mutationFn: () => answer(api.POST("/v1/webhooks/{webhook_id}/rotate", at)),
    onSettled,
  });
  const test = useMutation<TestDelivery, Problem>({
    mutationFn: () => answer(api.POST("/v1/webhooks/{webhook_id}/test", at)),
    onSettled,
  });
  const resume = useMutation<unknown, Problem>({
    mutationFn: () => answer(api.POST("/v1/webhooks/{webhook_id}/resume", at)),
    onSettled,
  });
  const redeliver = useMutation<unknown, Problem, number>({
    mutationFn: (after) => answer(api.POST("/v1/webhooks/{webhook_id}/redeliver", { ...at, body: { after } })),
    onSettled,
  });
  const remove = useMutation<unknown, Problem>({
    mutationFn: () => answer(api.DELETE("/v1/webhooks/{webhook_id}", at)),
    onSettled,
  });
  return { change, rotate, test, resume, redeliver, remove };
}
