export const LINE_KINDS = ["goods", "money", "tasks", "clocks", "request", "other"] as const;
export type LineKind = (typeof LINE_KINDS)[number];

const BY_BEGINNING: Record<string, LineKind> = {
  parcel: "goods",
  goods: "goods",
  return: "goods",
  replacement: "goods",
  shipment: "goods",
  hold: "goods",
  intercept: "goods",
  erp: "goods",
  payment: "money",
  remittance: "money",
  price: "money",
  refund: "money",
  ledger: "money",
  compensation: "money",
  freight_subsidy: "money",
  invoice: "money",
  claim: "money",
  cod: "money",
  work_item: "tasks",
  after_sale: "request",
  complaint: "request",
  evidence: "request",
  strategy: "request",
};

/** What a line of a timeline is about, by the code that says what happened. */
export function lineKind(type: string): LineKind {
  if (type.endsWith(".elapsed")) return "clocks";
  return BY_BEGINNING[type.split(".")[0] ?? ""] ?? "other";
}
