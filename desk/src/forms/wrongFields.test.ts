import { expect, it } from "vitest";
import { Problem } from "@/api/problem";
import { wrongFields } from "@/forms/wrongFields";

const reason = (field: string) => ({ code: "invalid_field", message: `${field} is wrong`, figures: { field } });

it("what is wrong stands at its field, also within what it belongs to", () =>
  expect(wrongFields(new Problem({ reasons: [reason("amount"), reason("data.lines.0.quantity")] }))).toEqual({
    amount: { __errors: ["amount is wrong"] },
    lines: { 0: { quantity: { __errors: ["data.lines.0.quantity is wrong"] } } },
  }));

it("what is about no field stands at none", () =>
  expect(wrongFields(new Problem({ reasons: [{ code: "not_paid", message: "not paid", figures: {} }] }))).toEqual({}));
