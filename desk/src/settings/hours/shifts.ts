import type { components } from "@generated/openapi";

export type Shift = components["schemas"]["Shift"];
export type Weekday = components["schemas"]["Weekday"];
export type Group = components["schemas"]["Group"];

/** What somebody begins with who sets a shift up. */
export const USUAL: Shift = { days: ["mon", "tue", "wed", "thu", "fri"], intervals: [{ from: "09:00", to: "18:00" }] };
