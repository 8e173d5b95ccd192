import type { components } from "@generated/openapi";

export type Automation = components["schemas"]["Automation"];
export type Strategy = NonNullable<Automation["strategies"]>[number];
export type Keyword = NonNullable<Automation["keywords"]>[number];
export type Trial = components["schemas"]["TrialReport"];

/** What can be decided at each stage, as the API has it. */
export const DECISIONS: Record<Strategy["stage"], readonly Strategy["decision"][]> = {
  review: ["agree", "refuse", "person"],
  receiving: ["conforming", "person"],
  processing: ["pay", "person"],
};

/** A strategy at another stage decides what can be decided there. */
export function atStage(strategy: Strategy, stage: Strategy["stage"]): Strategy {
  const decision = DECISIONS[stage].includes(strategy.decision) ? strategy.decision : "person";
  return deciding({ ...strategy, stage }, decision);
}

/** Only a refusal tells the buyer something. */
export function deciding(strategy: Strategy, decision: Strategy["decision"]): Strategy {
  const { refuse_with, ...rest } = strategy;
  if (decision !== "refuse") return { ...rest, decision };
  return { ...rest, decision, refuse_with: refuse_with ?? { reason: "", message: "" } };
}

/** A strategy that nobody has written yet; off until it is. */
export function blank(others: readonly Strategy[]): Strategy {
  const free = others.length + 1 + Number(others.some((one) => one.id === `strategy-${others.length + 1}`));
  return { id: `strategy-${free}`, title: "", stage: "review", when: "", decision: "person", enabled: false };
}
