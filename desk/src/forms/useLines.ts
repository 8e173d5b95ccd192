import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer } from "@/api/problem";

export type CaseLine = { lineId: string; title: string; quantity: number };

/** The lines of a case, by what people call them. */
export function useLines(caseId: string): CaseLine[] {
  const found = useQuery({
    queryKey: ["case", caseId, "lines"],
    queryFn: () => answer(api.GET("/v1/cases/{case_id}", { params: { path: { case_id: caseId } } })),
    staleTime: 60_000,
  });
  const stands = found.data;
  if (!stands || stands.kind === "platform_message") return [];
  if (stands.kind === "order") {
    return stands.lines.map((line) => shown(line, `${line.title} ${line.sku}`));
  }
  return stands.lines.map((line) => shown(line, "sku" in line ? line.sku : line.line_id));
}

function shown({ line_id, quantity }: { line_id: string; quantity: number }, title: string): CaseLine {
  return { lineId: line_id, quantity, title };
}
