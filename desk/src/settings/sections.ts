import type { Section } from "@/settings/useSettings";

export type Form = Section["form"];
export type Choice<T extends string> = { value: T; label: string };

/** What may be chosen where a section's form names a list of codes, each in the API's words. */
export function choicesOf<T extends string>(form: Form, list: string): Choice<T>[] {
  const lists = (form.$defs ?? {}) as Record<string, { "x-titles"?: Record<string, string> } | undefined>;
  const titles = lists[list]?.["x-titles"] ?? {};
  return Object.entries(titles).map(([value, label]) => ({ value: value as T, label }));
}

/** A list with one of its members otherwise, or without it. */
export function replaced<T>(list: readonly T[], at: number, next: T | null): T[] {
  return list.flatMap((one, place) => (place === at ? (next === null ? [] : [next]) : [one]));
}

/** A list whose member stands one further up or down; as it is where there is no such place. */
export function moved<T>(list: readonly T[], at: number, step: 1 | -1): T[] {
  const one = list[at];
  const other = list[at + step];
  if (one === undefined || other === undefined) return [...list];
  return list.map((kept, place) => (place === at ? other : place === at + step ? one : kept));
}
