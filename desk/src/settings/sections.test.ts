import { describe, expect, it } from "vitest";
import { choicesOf, moved, replaced } from "@/settings/sections";

it("choices are in the API's words", () =>
  expect(choicesOf({ $defs: { Group: { "x-titles": { presale: "Presale" } } } }, "Group")).toEqual([
    { value: "presale", label: "Presale" },
  ]));
it("there are none where the form names none", () => expect(choicesOf({}, "Group")).toEqual([]));

describe("a list", () => {
  it("has one member otherwise", () => expect(replaced(["a", "b"], 1, "c")).toEqual(["a", "c"]));
  it("loses a member", () => expect(replaced(["a", "b"], 0, null)).toEqual(["b"]));
  it("has a member further up", () => expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]));
  it("stays as it is at its end", () => expect(moved(["a", "b"], 1, 1)).toEqual(["a", "b"]));
});
