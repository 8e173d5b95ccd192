import type { components } from "@generated/openapi";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer } from "@/api/problem";

export type Delivery = components["schemas"]["DeliveryShown"];
export type Status = Delivery["status"];

const LOOK_AGAIN = 5_000;

/** What a webhook was delivered, and what is being tried; the newest first. */
export function useDeliveries(webhookId: string, status: Status | null) {
  return useInfiniteQuery({
    queryKey: ["deliveries", webhookId, status],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/v1/webhooks/{webhook_id}/deliveries", {
          params: {
            path: { webhook_id: webhookId },
            query: { limit: 20, ...(status && { status }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: LOOK_AGAIN,
  });
}
