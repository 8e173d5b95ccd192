import { expect, it, vi } from "vitest";
import { gather } from "@/live/gather";

it("hands on what came within a moment, each once, and then begins anew", () => {
  vi.useFakeTimers();
  const handed: string[][] = [];
  const changed = gather((things) => handed.push(things), 500);
  for (const thing of ["a", "b", "a"]) changed.add(thing);
  vi.advanceTimersByTime(500);
  changed.add("a");
  vi.advanceTimersByTime(499);
  expect(handed).toEqual([["a", "b"]]);
  vi.advanceTimersByTime(1);
  expect(handed).toEqual([["a", "b"], ["a"]]);
  vi.useRealTimers();
});
