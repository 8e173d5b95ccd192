import { chinaDay } from "@/app/china";

export type Days = { from: string; to: string };

const DAY = 86_400_000;

/** The days of an address; the last seven where it says nothing. */
export function readDays(address: URLSearchParams, now: Date): Days {
  const to = address.get("to") ?? chinaDay(now);
  return { from: address.get("from") ?? chinaDay(new Date(Date.parse(to) - 6 * DAY)), to };
}

/** Today and tomorrow: what falls due in the next hours. */
export function daysAhead(now: Date): Days {
  return { from: chinaDay(now), to: chinaDay(new Date(now.getTime() + DAY)) };
}
