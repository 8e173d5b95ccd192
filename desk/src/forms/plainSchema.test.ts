import type { RJSFSchema } from "@rjsf/utils";
import { describe, expect, it } from "vitest";
import { plainSchema } from "@/forms/plainSchema";

const REASONS: RJSFSchema = { type: "string", enum: ["considering", "other"] };

function asked(property: RJSFSchema): unknown {
  const schema = plainSchema({ type: "object", properties: { it: property }, $defs: { Reason: REASONS } });
  return schema.properties?.it;
}

describe("a form", () => {
  it("leaves out what may be null, instead of asking which it is", () =>
    expect(asked({ anyOf: [{ type: "string", format: "date-time" }, { type: "null" }], default: null })).toEqual({
      type: "string",
      format: "date-time",
    }));
  it("offers the listed words where other words may be said as well", () =>
    expect(asked({ anyOf: [{ $ref: "#/$defs/Reason" }, { type: "string" }], default: "other" })).toEqual({
      ...REASONS,
      default: "other",
    }));
  it("does not ask for what can only be one thing", () =>
    expect(asked({ const: "CNY", default: "CNY" })).toBe(undefined));
});

it("units of lines make whole lines needless", () => {
  const units = {
    type: "array",
    items: { properties: { line_id: { type: "string" }, quantity: { type: "integer" } } },
  };
  const asked = plainSchema({ properties: { lines: units, line_ids: { type: "array" } } } as RJSFSchema);
  expect(Object.keys(asked.properties ?? {})).toEqual(["lines"]);
});
