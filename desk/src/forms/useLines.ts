import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer } from "@/api/problem";
import { namesOf } from "@/case/goods";

export type CaseLine = { lineId: string; title: string; quantity: number };

/** The lines of a case, by what people call them. */
export function useLines(caseId: string): CaseLine[] {
  const found = useQuery({
    queryKey: ["case", caseId, "lines"],
    queryFn: () =>
      answer(api.GET("/v1/cases/{case_id}", { params: { path: { case_id: caseId }, query: { include: "goods" } } })),
    staleTime: 60_000,
  });
  const stands = found.data;
  if (!stands || stands.kind === "platform_message") return [];
  const names = namesOf(stands);
  return stands.lines.map((line) => {
    const title = [names.get(line.line_id), "sku" in line && line.sku].filter(Boolean).join(" ");
    return { lineId: line.line_id, quantity: line.quantity, title };
  });
}
