import type { components } from "@generated/openapi";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { answer, type Problem } from "@/api/problem";

export type CasePage = components["schemas"]["CaseWithParts"];
export type Parts = components["schemas"]["Parts"];
export type Offer = components["schemas"]["ActionOffered"];
type Taken = components["schemas"]["ActionTaken"];
export type Step = { name: string; input: Record<string, unknown> };

/** What may be done changes with time alone, too. */
const LOOK_AGAIN = 60_000;
const PARTS = "actions,work_items,deadlines,timeline,ledger,memos,messages,files,buyer,goods";

/** A case with all that one may know of it, and taking a step in it. */
export function useCase(caseId: string) {
  const { language } = useTranslation().i18n;
  const queries = useQueryClient();
  const page = useQuery<CasePage, Problem>({
    queryKey: ["case", caseId, language],
    queryFn: () =>
      answer(api.GET("/v1/cases/{case_id}", { params: { path: { case_id: caseId }, query: { include: PARTS } } })),
    refetchInterval: LOOK_AGAIN,
  });
  const step = useMutation<Taken, Problem, Step>({
    mutationFn: ({ name, input }) => answer(takeStep(caseId, name, input)),
    onSuccess: (taken) =>
      queries.setQueryData<CasePage>(["case", caseId, language], (known) => known && { ...known, ...taken.case }),
    onSettled: () =>
      Promise.all([["case"], ["tasks"], ["counts"]].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  return { page, step };
}

/** Every action has an address of its own, alike but for its name; what each takes, its form knows. */
function takeStep(caseId: string, name: string, input: Record<string, unknown>) {
  const address = `/v1/cases/{case_id}/actions/${name}` as "/v1/cases/{case_id}/actions/confirm_receipt";
  return api.POST(address, { params: { path: { case_id: caseId } }, body: input as never });
}
