import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer } from "@/api/problem";

/** A buyer's latest orders of this shop, with the counts of all that they had. */
export function useBuyerCases(buyerId: string) {
  return useQuery({
    queryKey: ["buyer", buyerId],
    queryFn: () =>
      answer(
        api.GET("/v1/buyers/{buyer_id}/cases", {
          params: { path: { buyer_id: buyerId }, query: { kind: "order", limit: 10 } },
        }),
      ),
    staleTime: 60_000,
  }).data;
}
