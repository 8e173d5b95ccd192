import type { WallShown } from "@/wall/useWall";

export type Hour = { hour: string; deadlines: number; kinds: { title: string; deadlines: number }[] };

/** The deadlines of each hour together, with what they are; hours without any are left out. */
export function byHour(risks: WallShown["at_risk"]): Hour[] {
  const hours = new Map<string, Hour>();
  for (const { hour, title, deadlines } of risks) {
    const found = hours.get(hour) ?? { hour, deadlines: 0, kinds: [] };
    found.deadlines += deadlines;
    found.kinds.push({ title, deadlines });
    hours.set(hour, found);
  }
  return [...hours.values()];
}

/** `14:00` of an hour of the China clock. */
export function hourOf(moment: string): string {
  return moment.slice(-5);
}
