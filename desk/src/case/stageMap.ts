import type { components } from "@generated/openapi";

export type Stage = components["schemas"]["StageShown"];
export type Place = { stage: string; title: string; column: number; state: "current" | "passed" | "ahead" };
export type Way = { from: number; to: number; open: boolean };
export type StageMap = { places: Place[]; ways: Way[] };

/**
 * Where a case stands among the stages of its kind: those that its service comes to, in the order of its life, and the
 * ways between them. `open` are the ways that it can go from here.
 */
export function stageMap(stages: Stage[], service: string | null, current: string, been: Set<string>): StageMap {
  const leads = stages.map((one) => one.next.filter(({ services }) => !service || services.includes(service as never)));
  const reached = new Set([current, ...leads.flatMap((next) => next.map(({ stage }) => stage))]);
  const kept = stages.filter((one, place) => reached.has(one.stage) || leads[place]?.length);
  const column = new Map(kept.map((one, place) => [one.stage, place]));
  return {
    places: kept.map((one, place) => ({
      stage: one.stage,
      title: one.title,
      column: place,
      state: one.stage === current ? "current" : been.has(one.stage) ? "passed" : "ahead",
    })),
    ways: stages.flatMap((one, place) =>
      (leads[place] ?? []).flatMap(({ stage }) => {
        const [from, to] = [column.get(one.stage), column.get(stage)];
        return from === undefined || to === undefined ? [] : [{ from, to, open: one.stage === current }];
      }),
    ),
  };
}
