import type { components } from "@generated/openapi";

export type Task = components["schemas"]["TaskInRow"];
export type Group = components["schemas"]["Group"];
export type View = "mine" | "groups" | "overdue" | "all";

export const VIEWS: readonly View[] = ["mine", "groups", "overdue", "all"];

/** What of the inbox is shown; it stands in the address, so that it can be kept and handed on. */
export type Filters = { view: View; type: string | null };

/** The filters of an address; one's groups where it says nothing. */
export function readFilters(address: URLSearchParams): Filters {
  const view = VIEWS.find((known) => known === address.get("view")) ?? "groups";
  return { view, type: address.get("type") };
}

/** An address with other filters; the task beside the list is one of the old list, so it goes. */
export function withFilters(address: URLSearchParams, change: Partial<Filters>): URLSearchParams {
  const { view, type } = { ...readFilters(address), ...change };
  const next = new URLSearchParams();
  if (view !== "groups") next.set("view", view);
  if (type) next.set("type", type);
  return next;
}

/** What the API is asked for. Overdue are the tasks of one's groups; whoever has no group sees those of all. */
export function toQuery({ view, type }: Filters) {
  return {
    state: "open" as const,
    limit: 50,
    words: false,
    ...(type && { type }),
    ...(view === "mine" && { assignee: "me" }),
    ...((view === "groups" || view === "overdue") && { group: ["mine" as const] }),
    ...(view === "overdue" && { overdue: true }),
  };
}
