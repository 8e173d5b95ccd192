import type { CasePage } from "@/case/useCase";

type Sum = {
  what:
    | "total"
    | "paid"
    | "owed"
    | "refunded"
    | "compensated"
    | "overpaid"
    | "points"
    | "asked"
    | "most"
    | "fee"
    | "granted";
  amount: string;
};

const NOTHING = ["0.00", "0"];

/** What a case's money comes to, by its kind: its main figures, and of the others those that are not nothing. */
export function sums(stands: CasePage): Sum[] {
  return all(stands).filter(({ amount }, place) => place < 2 || !NOTHING.includes(amount));
}

function all(stands: CasePage): Sum[] {
  switch (stands.kind) {
    case "order": {
      const { paid, owed, refunded, compensated, overpaid, points } = stands.money;
      return [
        { what: "total", amount: stands.total },
        { what: "paid", amount: paid },
        { what: "owed", amount: owed },
        { what: "refunded", amount: refunded },
        { what: "compensated", amount: compensated },
        { what: "overpaid", amount: overpaid },
        { what: "points", amount: String(points) },
      ];
    }
    case "after_sale":
      return [
        { what: "asked", amount: stands.amount },
        { what: "most", amount: stands.most },
        { what: "refunded", amount: stands.refunded },
        { what: "compensated", amount: stands.compensated },
      ];
    case "parcel_intercept":
      return [{ what: "fee", amount: stands.fee }];
    case "complaint":
      return [
        { what: "granted", amount: stands.granted },
        { what: "compensated", amount: stands.compensated },
      ];
    case "ship_hold":
    case "platform_message":
      return [];
  }
}
