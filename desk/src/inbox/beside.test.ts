import { describe, expect, it } from "vitest";
import { beside } from "@/inbox/beside";

const ITEMS = ["a", "b", "c"].map((item_id) => ({ item_id }));

describe("the keys of the list", () => {
  it.each([
    [null, 0, 1, "a"],
    ["a", 0, 1, "b"],
    ["b", 1, -1, "a"],
    ["c", 2, 1, "c"],
    ["a", 0, -1, "a"],
  ] as const)("go from %s, at %i, by %i", (open, was, step, to) =>
    expect(beside(ITEMS, open, was, step)?.item_id).toBe(to),
  );
  it("go on where a task stood that is done now", () => expect(beside(ITEMS, "done", 1, 1)?.item_id).toBe("b"));
  it("lead nowhere in an empty list", () => expect(beside([], null, 0, 1)).toBe(undefined));
});
