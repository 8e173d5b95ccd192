import dayjs, { type Dayjs } from "dayjs";

const MIDNIGHT = "00:00";
const END = "24:00";

/** A time of day as a picker shows it; the end of a day stands there as midnight. */
export function picked(time: string): Dayjs {
  return dayjs(`2000-01-01T${time === END ? MIDNIGHT : time}`);
}

/** Part of a day as the API takes it: what ends at midnight ends with the day. */
export function interval(from: string, to: string): { from: string; to: string } {
  return { from, to: to === MIDNIGHT ? END : to };
}
