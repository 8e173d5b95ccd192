import { expect, it } from "vitest";
import { lineKind } from "@/case/lineKind";

it.each([
  ["parcel.signed", "goods"],
  ["payment.received", "money"],
  ["work_item.made", "tasks"],
  ["ship_by.elapsed", "clocks"],
  ["case.opened", "other"],
] as const)("%s is about %s", (type, kind) => expect(lineKind(type)).toBe(kind));
