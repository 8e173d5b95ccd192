import { expect, it } from "vitest";
import { steady } from "@/inbox/steady";

const list = (...ids: string[]) => ids.map((item_id) => ({ item_id }));
const ids = (rows: { item_id: string }[]) => rows.map((row) => row.item_id).join("");

it("a list under a hand stays where it is, and says what came and went", () => {
  const { rows, gone, more } = steady(list("a", "b", "c"), list("x", "a", "c", "d"), true);
  expect([ids(rows), [...gone], more]).toEqual(["abcd", ["b"], 1]);
});

it("without a hand it is as it came", () => expect(ids(steady(list("a", "b"), list("x", "a"), false).rows)).toBe("xa"));

it("another list is no list that moved", () => expect(ids(steady(list("a"), list("x", "y"), true).rows)).toBe("xy"));
