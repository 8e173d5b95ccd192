import type { components } from "@generated/openapi";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer, type Problem } from "@/api/problem";

export type Webhook = components["schemas"]["WebhookShown"];
export type WithSecret = components["schemas"]["WebhookWithSecret"];
export type Wanted = components["schemas"]["WebhookRequest"];

const KEY = ["webhooks"];
const LOOK_AGAIN = 10_000;

/** Whom the shop tells what changes; and telling another one. */
export function useWebhooks() {
  const queries = useQueryClient();
  const webhooks = useQuery({
    queryKey: KEY,
    queryFn: () => answer(api.GET("/v1/webhooks", { params: { query: { limit: 200 } } })),
    refetchInterval: LOOK_AGAIN,
  });
  const add = useMutation<WithSecret, Problem, Wanted>({
    mutationFn: (body) => answer(api.POST("/v1/webhooks", { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  return { webhooks, add };
}
