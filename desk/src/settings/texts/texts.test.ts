import { expect, it } from "vitest";
import { beside } from "@/settings/texts/texts";

type Catalogue = Parameters<typeof beside>[0];

function said(words: string): Catalogue {
  const text = { zh: words, en: words.toUpperCase() };
  const task = { title: { zh: "催付", en: "Call" }, script: text, variants: { again: { script: text } } };
  const piece = { title: { zh: "运费险", en: "Insurance" }, script: text };
  return { tasks: { call: task }, knowledge: { insurance: piece } } as unknown as Catalogue;
}

it("texts of two editions stand beside each other, every form of a task and all there is to know", () =>
  expect(beside(said("a"), said("b"), "en")).toEqual([
    { key: "call", title: "Call", edition: "A", own: "B" },
    { key: "call.again", title: "Call (again)", edition: "A", own: "B" },
    { key: "knowledge.insurance", title: "Insurance", edition: "A", own: "B" },
  ]));

it("what one of them lacks is a gap", () => {
  const { tasks, knowledge } = said("a");
  expect(beside({ tasks, knowledge }, { tasks: {}, knowledge }, "zh").map((row) => row.own)).toEqual([null, null, "a"]);
});
