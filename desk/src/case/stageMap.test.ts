import { expect, it } from "vitest";
import { type Stage, stageMap } from "@/case/stageMap";

const RETURN = "return_refund" as const;
const STAGES: Stage[] = [
  stage("awaiting_seller", { awaiting_buyer_return: [RETURN], refunding: [RETURN, "refund_only"] }),
  stage("awaiting_buyer_return", { refunding: [RETURN] }),
  stage("refunding", {}),
];

function stage(name: string, next: Record<string, Stage["next"][number]["services"]>): Stage {
  const ways = Object.entries(next).map(([to, services]) => ({ stage: to, services }));
  return { kind: "after_sale", stage: name, title: name.toUpperCase(), next: ways };
}

it("marks where a case stands and has been, and the ways from there", () => {
  const { places, ways } = stageMap(STAGES, RETURN, "awaiting_buyer_return", new Set(["awaiting_seller"]));
  expect(places.map(({ state }) => state)).toEqual(["passed", "current", "ahead"]);
  expect(ways).toEqual([
    { from: 0, to: 1, open: false },
    { from: 0, to: 2, open: false },
    { from: 1, to: 2, open: true },
  ]);
});

it("leaves out what the service never comes to", () =>
  expect(stageMap(STAGES, "refund_only", "awaiting_seller", new Set()).places.map(({ stage }) => stage)).toEqual([
    "awaiting_seller",
    "refunding",
  ]));

it("draws every way of a kind without services", () => {
  const order = [{ ...stage("placed", { closed: [] }), kind: "order" as const }, stage("closed", {})];
  expect(stageMap(order, null, "placed", new Set()).ways).toEqual([{ from: 0, to: 1, open: true }]);
});
