import { describe, expect, it } from "vitest";
import { type Column, cellText } from "@/figures/cells";

const NAMED = {
  kind: (code: string) => `kind ${code}`,
  stage: (kind: string, code: string) => `${code} of ${kind}`,
  platform: (code: string) => code.toUpperCase(),
};

function shown(measure: Column["measure"], cell: string | number | null, name = "it", titles = {}): string {
  return cellText({ name, title: "", means: "", measure, titles }, { [name]: cell, kind: "order" }, NAMED);
}

describe("a cell", () => {
  it.each([
    ["share", 0.0333, "3.33%"],
    ["share", null, "–"],
    ["hours", 30, "30.0"],
    ["yuan", "1250.50", "1250.50"],
    ["count", 0, "0"],
  ] as const)("of a %s, %s, is read as %s", (measure, cell, text) => expect(shown(measure, cell)).toBe(text));
  it("is in the API's words where it has some", () =>
    expect(shown("text", "zto", "carrier", { zto: "中通" })).toBe("中通"));
  it("names a stage by the kind of case that stands there", () =>
    expect(shown("text", "closed", "stage")).toBe("closed of order"));
  it("is else what it is", () => expect(shown("text", "demo-agent", "account")).toBe("demo-agent"));
});
