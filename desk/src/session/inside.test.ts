import { describe, expect, it } from "vitest";
import { inside } from "@/session/inside";

describe("where signing in leads", () => {
  it("is where one wanted to go", () => expect(inside("/inbox?view=overdue")).toBe("/inbox?view=overdue"));
  it("is the inbox without a wish", () => expect(inside(null)).toBe("/inbox"));
  it.each(["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"])(
    "is never another site: %s",
    (to) => expect(inside(to)).toBe("/inbox"),
  );
});
