import { expect, it } from "vitest";
import { inOrder } from "@/case/inOrder";

it("what runs comes first, the next due first; what is over comes after, the latest first", () => {
  const clocks = [
    { state: "met", due_at: "2026-11-11T01:00:00Z" },
    { state: "running", due_at: "2026-11-13T01:00:00Z" },
    { state: "elapsed", due_at: "2026-11-12T01:00:00Z" },
    { state: "paused", due_at: "2026-11-12T05:00:00Z" },
  ];
  expect(inOrder(clocks).map((clock) => clock.state)).toEqual(["paused", "running", "elapsed", "met"]);
});
