import { expect, it } from "vitest";
import { interval, picked } from "@/settings/hours/clock";

it("what ends at midnight ends with the day", () =>
  expect(interval("18:00", "00:00")).toEqual({ from: "18:00", to: "24:00" }));
it("everything else ends when it says", () =>
  expect(interval("09:00", "12:30")).toEqual({ from: "09:00", to: "12:30" }));
it("a picker shows the end of a day as midnight", () => {
  expect(picked("24:00").format("HH:mm")).toBe("00:00");
  expect(picked("09:30").format("HH:mm")).toBe("09:30");
});
