import { describe, expect, it } from "vitest";
import { daysAhead, readDays } from "@/figures/days";

const NOW = new Date("2026-11-10T16:30:00Z");

describe("days", () => {
  it("are the last seven unless the address says otherwise", () =>
    expect(readDays(new URLSearchParams(), NOW)).toEqual({ from: "2026-11-05", to: "2026-11-11" }));
  it("are those of the address", () =>
    expect(readDays(new URLSearchParams("from=2026-11-01&to=2026-11-02"), NOW)).toEqual({
      from: "2026-11-01",
      to: "2026-11-02",
    }));
  it("ahead are today and tomorrow", () => expect(daysAhead(NOW)).toEqual({ from: "2026-11-11", to: "2026-11-12" }));
});
