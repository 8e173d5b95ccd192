import { expect, it } from "vitest";
import { target } from "@/clock/spans";

it("moves by a span", () => expect(target("P1D", null)).toEqual({ by: "P1D" }));
it("moves to the next deadline", () =>
  expect(target("next", "2026-11-11T04:00:00Z")).toEqual({ to: "2026-11-11T04:00:00Z" }));
it("stays where nothing is due", () => expect(target("next", null)).toEqual({ by: "PT0S" }));
