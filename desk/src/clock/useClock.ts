import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer, type Problem } from "@/api/problem";
import { sandbox } from "@/api/sandbox";
import { type Span, target } from "@/clock/spans";

type Time = { now: string };

/** The sandbox's test clock, and moving it on; no data where there is none. */
export function useClock() {
  const queries = useQueryClient();
  const clock = useQuery({
    queryKey: ["clock"],
    queryFn: () => sandbox<Time>("/clock"),
    retry: false,
    refetchInterval: (asked) => (asked.state.data ? 15_000 : false),
  });
  const advance = useMutation<Time, Problem, Span>({
    mutationFn: async (span) => sandbox<Time>("/clock/advance", target(span, await nextDue(span))),
    onSettled: () => queries.invalidateQueries(),
  });
  return { clock, advance };
}

/** When the shop's next deadline passes, if the clock is to go there. */
async function nextDue(span: Span): Promise<string | null> {
  if (span !== "next") return null;
  const { items } = await answer(api.GET("/v1/cases", { params: { query: { sort: "due", limit: 1 } } }));
  const running = items[0]?.deadlines.filter((deadline) => deadline.state === "running") ?? [];
  return running.map((deadline) => deadline.due_at).sort()[0] ?? null;
}
