import { describe, expect, it } from "vitest";
import { plot } from "@/figures/plot";

const WORDS = {
  cell: (column: string, row: Record<string, unknown>) => `${row[column]}`,
  title: (name: string) => name,
};

describe("a chart", () => {
  it("has a line for each platform, with gaps where nothing is known", () =>
    expect(
      plot(
        [
          { day: "11", platform: "jd", late_rate: 0.5 },
          { day: "11", platform: "tmall", late_rate: null },
          { day: "12", platform: "tmall", late_rate: 0 },
        ],
        { as: "line", x: ["day"], by: "platform", values: ["late_rate"] },
        WORDS,
      ),
    ).toEqual({
      labels: ["11", "12"],
      series: [
        { name: "jd", data: [0.5, null] },
        { name: "tmall", data: [null, 0] },
      ],
    }));
  it("names what is compared, and reads money as a number", () =>
    expect(
      plot([{ day: "11", fees: "3.00", claims: "0.00" }], { as: "bar", x: ["day"], values: ["fees", "claims"] }, WORDS)
        .series,
    ).toEqual([
      { name: "fees", data: [3] },
      { name: "claims", data: [0] },
    ]));
  it("tells apart what is called alike by all that stands at its foot", () =>
    expect(
      plot(
        [
          { kind: "order", stage: "closed", open: 1 },
          { kind: "request", stage: "closed", open: 2 },
        ],
        { as: "bar", x: ["kind", "stage"], values: ["open"] },
        WORDS,
      ).labels,
    ).toEqual(["order · closed", "request · closed"]));
});
