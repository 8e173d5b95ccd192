import { expect, it } from "vitest";
import { chinaDay, chinaTime } from "@/app/china";

it("days and times are China's", () => {
  const at = new Date("2026-11-10T16:05:00Z");
  expect([chinaDay(at), chinaTime(at)]).toEqual(["2026-11-11", "00:05"]);
});
