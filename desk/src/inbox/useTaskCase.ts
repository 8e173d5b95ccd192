import type { components } from "@generated/openapi";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { answer } from "@/api/problem";
import { namesOf } from "@/case/goods";
import { useStages } from "@/case/useStages";

type Page = components["schemas"]["CaseWithParts"];

/** What a task's panel tells of its case. */
export function useTaskCase(caseId: string) {
  const { language } = useTranslation().i18n;
  const page = useQuery({
    queryKey: ["case", caseId, "facts", language],
    queryFn: () =>
      answer(
        api.GET("/v1/cases/{case_id}", {
          params: { path: { case_id: caseId }, query: { include: "buyer,deadlines,goods" } },
        }),
      ),
  }).data;
  const stage = useStages().find((one) => one.kind === page?.kind && one.stage === page.stage)?.title;
  if (!page) return null;
  const { buyer, deadlines } = page.included ?? {};
  const running = (deadlines?.items ?? []).filter((one) => one.state === "running" && one.kind !== "task_due");
  return {
    order: page.order_id,
    platform: page.platform,
    stage,
    buyer: buyer?.name ?? buyer?.id,
    phone: buyer?.dial,
    goods: goodsOf(page),
    next: running.sort((one, other) => (one.due_at < other.due_at ? -1 : 1))[0],
  };
}

function goodsOf(page: Page): string[] {
  if (page.kind === "platform_message") return [];
  const names = namesOf(page);
  return page.lines.map((line) => `${names.get(line.line_id)} × ${line.quantity}`);
}
