import type { components } from "@generated/openapi";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer } from "@/api/problem";

export type Campaign = components["schemas"]["CampaignShown"];

/** The campaign calendar. */
export function useCampaigns() {
  return useQuery({
    queryKey: ["campaigns"],
    queryFn: () => answer(api.GET("/v1/campaigns", { params: { query: { limit: 200 } } })),
  });
}
