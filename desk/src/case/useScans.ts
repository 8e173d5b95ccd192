import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer } from "@/api/problem";

/** A parcel's way from the first scan on, asked for once somebody looks. */
export function useScans(caseId: string, carrier: string, trackingNo: string, looking: boolean) {
  return useQuery({
    queryKey: ["case", caseId, "scans", carrier, trackingNo],
    queryFn: () =>
      answer(
        api.GET("/v1/cases/{case_id}/parcels/{carrier}/{tracking_no}/scans", {
          params: { path: { case_id: caseId, carrier, tracking_no: trackingNo }, query: { limit: 200 } },
        }),
      ),
    enabled: looking,
  }).data?.items;
}
