import { useMutation } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer, type Problem } from "@/api/problem";
import { useMe } from "@/session/useMe";
import type { Automation, Trial } from "@/settings/automation/automation";

/** What settings, saved or not, would have decided of the shop's newest requests; with `all`, those that are off too. */
export function useTrial() {
  const merchant = useMe().data?.merchant ?? "";
  return useMutation<Trial, Problem, { automation: Automation; all: boolean }>({
    mutationFn: ({ automation, all }) =>
      answer(
        api.POST("/v1/merchants/{merchant}/automation/trial", {
          params: { path: { merchant }, query: all ? { switch_on: automation.strategies?.map(({ id }) => id) } : {} },
          body: automation,
        }),
      ),
  });
}
