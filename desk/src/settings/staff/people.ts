import type { Group, Shift } from "@/settings/hours/shifts";

export type Away = { from: string; to: string };
export type Person = { account: string; groups: Group[]; shifts: Shift[]; away: Away[] };
export type Staff = { assign: "by_hand" | "by_load"; people: Person[] };
