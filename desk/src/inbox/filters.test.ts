import { describe, expect, it } from "vitest";
import { readFilters, toQuery, withFilters } from "@/inbox/filters";

describe("the inbox's address", () => {
  it("shows one's groups where it says nothing", () =>
    expect(readFilters(new URLSearchParams("view=nonsense"))).toEqual({ view: "groups", type: null }));
  it("keeps what is not changed, and leaves the task that was open", () =>
    expect(withFilters(new URLSearchParams("view=mine&task=wi-1"), { type: "check_order" }).toString()).toBe(
      "view=mine&type=check_order",
    ));
});

describe("what the API is asked", () => {
  it("is one's own tasks, of whichever group", () =>
    expect(toQuery({ view: "mine", type: null })).toEqual({ state: "open", limit: 50, words: false, assignee: "me" }));
  it("is what is past due in one's groups", () =>
    expect(toQuery({ view: "overdue", type: "check_order" })).toEqual({
      state: "open",
      limit: 50,
      words: false,
      type: "check_order",
      group: ["mine"],
      overdue: true,
    }));
  it("is every task of the shop", () =>
    expect(toQuery({ view: "all", type: null })).toEqual({ state: "open", limit: 50, words: false }));
});
