import { describe, expect, it } from "vitest";
import { dueIn } from "@/due/due";

const NOW = new Date("2026-11-11T04:00:00Z");
const HOUR = 3_600_000;

function dueAfter(ms: number) {
  return dueIn(new Date(NOW.getTime() + ms), NOW);
}

describe("when something is due", () => {
  it.each([
    [HOUR / 2, "due.inMinutes", 30],
    [3.5 * HOUR, "due.inHours", 3],
    [50 * HOUR, "due.inDays", 2],
  ])("counts down", (ms, key, count) => expect(dueAfter(ms)).toEqual({ key, count, late: false }));
  it.each([
    [-HOUR / 2, "due.agoMinutes", 30],
    [-3.5 * HOUR, "due.agoHours", 3],
    [-50 * HOUR, "due.agoDays", 2],
  ])("says how late it is", (ms, key, count) => expect(dueAfter(ms)).toEqual({ key, count, late: true }));
});
