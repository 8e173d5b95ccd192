import { expect, it } from "vitest";
import { byHour, hourOf } from "@/wall/risks";

it("the deadlines of an hour stand together", () =>
  expect(
    byHour([
      { hour: "2026-11-11 14:00", kind: "ship_by", title: "Ship by", deadlines: 3 },
      { hour: "2026-11-11 14:00", kind: "seller_answer", title: "Seller's answer", deadlines: 1 },
      { hour: "2026-11-11 15:00", kind: "ship_by", title: "Ship by", deadlines: 2 },
    ]),
  ).toEqual([
    {
      hour: "2026-11-11 14:00",
      deadlines: 4,
      kinds: [
        { title: "Ship by", deadlines: 3 },
        { title: "Seller's answer", deadlines: 1 },
      ],
    },
    { hour: "2026-11-11 15:00", deadlines: 2, kinds: [{ title: "Ship by", deadlines: 2 }] },
  ]));

it("an hour is read from its moment", () => expect(hourOf("2026-11-11 14:00")).toBe("14:00"));
