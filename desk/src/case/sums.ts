import type { CasePage } from "@/case/useCase";

type Sum = {
  what: "total" | "paid" | "refunded" | "compensated" | "overpaid" | "points" | "asked" | "most" | "fee" | "granted";
  amount: string;
};

/** What a case's money comes to, by its kind. */
export function sums(stands: CasePage): Sum[] {
  switch (stands.kind) {
    case "order": {
      const { paid, refunded, compensated, overpaid, points } = stands.money;
      return [
        { what: "total", amount: stands.total },
        { what: "paid", amount: paid },
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
