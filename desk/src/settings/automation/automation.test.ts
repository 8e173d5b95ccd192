import { describe, expect, it } from "vitest";
import { atStage, blank, deciding, type Strategy } from "@/settings/automation/automation";

const REFUSES: Strategy = {
  id: "worn",
  title: "内衣不退",
  stage: "review",
  when: "true",
  decision: "refuse",
  refuse_with: { reason: "excluded_category", message: "不支持退货" },
  enabled: true,
};

describe("a strategy", () => {
  it("tells the buyer why, where it refuses and nowhere else", () => {
    expect(deciding(REFUSES, "agree").refuse_with).toBe(undefined);
    expect(deciding(REFUSES, "refuse").refuse_with).toEqual(REFUSES.refuse_with);
    expect(deciding({ ...REFUSES, refuse_with: undefined }, "refuse").refuse_with).toEqual({ reason: "", message: "" });
  });
  it("leaves to a person what its new stage does not decide", () =>
    expect(atStage(REFUSES, "processing")).toMatchObject({ stage: "processing", decision: "person" }));
  it("keeps what its new stage decides too", () =>
    expect(atStage({ ...REFUSES, decision: "person" }, "receiving").decision).toBe("person"));
  it("has an id that no other has", () => expect(blank([{ ...REFUSES, id: "strategy-2" }]).id).toBe("strategy-3"));
});
