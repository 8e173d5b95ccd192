import { expect, it } from "vitest";
import { latest } from "@/app/latest";

it("the step that was taken last counts, and the first where none was", () => {
  const [a, b] = [{ submittedAt: 1 }, { submittedAt: 2 }];
  expect([latest(a, b), latest(b, a), latest(a, { submittedAt: 1 })]).toEqual([b, b, a]);
});
