const DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" });
const TIME = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });

/** The day that it is in China, `2026-11-11`: reports and rosters reckon in those. */
export function chinaDay(at: Date): string {
  return DAY.format(at);
}

/** The time of day in China, `14:05`. */
export function chinaTime(at: Date): string {
  return TIME.format(at);
}
