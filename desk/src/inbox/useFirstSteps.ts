import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer, type Problem } from "@/api/problem";
import { useClock } from "@/clock/useClock";

/** Whether the shop has no case yet; and opening a sample order, where there is a test clock. */
export function useFirstSteps(ask: boolean) {
  const found = useQuery({
    queryKey: ["tasks", "any case"],
    queryFn: () => answer(api.GET("/v1/cases", { params: { query: { limit: 1 } } })),
    enabled: ask,
  });
  const now = useClock().clock.data?.now;
  const open = useMutation<{ case_id: string }, Problem>({
    mutationFn: () => answer(api.POST("/v1/cases", { body: sample(now ?? new Date().toISOString()) as never })),
  });
  return { none: found.data?.items.length === 0, sandbox: now !== undefined, open };
}

function sample(placed_at: string) {
  return {
    platform: "taobao" as const,
    order_id: `SAMPLE-${Date.now()}`,
    source: "inquiry" as const,
    placed_at,
    policy: "taobao-2012",
    lines: [
      { line_id: "1", sku: "DRESS-RED-M", title: "连衣裙", category: "women_clothing", quantity: 3, amount: "300.00" },
    ],
    freight: "10.00",
    buyer: { id: "sample-buyer", name: "陈小姐", phone: "13800000000", address: "广州", region: "广东" },
  };
}
