type Words = "due.inMinutes" | "due.inHours" | "due.inDays" | "due.agoMinutes" | "due.agoHours" | "due.agoDays";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long until something is due, or since when it is late: in minutes, from two hours on in hours, then in days. */
export function dueIn(due: Date, now: Date): { key: Words; count: number; late: boolean } {
  const left = due.getTime() - now.getTime();
  const late = left < 0;
  const span = Math.abs(left);
  if (span < 2 * HOUR) return { key: late ? "due.agoMinutes" : "due.inMinutes", count: whole(span, MINUTE), late };
  if (span < 2 * DAY) return { key: late ? "due.agoHours" : "due.inHours", count: whole(span, HOUR), late };
  return { key: late ? "due.agoDays" : "due.inDays", count: whole(span, DAY), late };
}

function whole(span: number, unit: number): number {
  return Math.floor(span / unit);
}
