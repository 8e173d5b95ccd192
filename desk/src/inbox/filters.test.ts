import { describe, expect, it } from "vitest";
import { readFilters, toQuery, withFilters } from "@/inbox/filters";

const NOW = new Date("2026-11-11T04:00:00Z");

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
    expect(toQuery({ view: "mine", type: null }, ["presale"], NOW)).toEqual({
      state: "open",
      limit: 50,
      assignee: "me",
    }));
  it("is what is past due in one's groups", () =>
    expect(toQuery({ view: "overdue", type: null }, ["finance"], NOW)).toEqual({
      state: "open",
      limit: 50,
      group: ["finance"],
      due_before: "2026-11-11T04:00:00.000Z",
    }));
});
