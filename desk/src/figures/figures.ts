/** What a chart shows of a report's rows: a line or bar at each `x`, one for each `by`; `lying` bars have long names. */
export type Plotted = {
  as: "line" | "bar";
  x: readonly string[];
  by?: string;
  values: readonly string[];
  stacked?: boolean;
  lying?: boolean;
};

/** One figure: a report, the columns that belong to it, and its chart. `ahead`: its days are today and tomorrow. */
export type Figure = {
  name: FigureName;
  report: string;
  columns: readonly string[];
  plotted: Plotted;
  ahead?: boolean;
};
export type FigureName = (typeof NAMES)[number];

const NAMES = ["open", "due", "late", "ship", "refund", "intercept", "cost", "dispute", "reminders"] as const;

const DAILY = { as: "line", x: ["day"], by: "platform" } as const;

/** In the order in which they stand on the page. */
export const FIGURES: readonly Figure[] = [
  {
    name: "open",
    report: "open_cases",
    columns: ["kind", "stage", "open", "opened", "oldest"],
    plotted: { as: "bar", x: ["kind", "stage"], values: ["open"], lying: true },
  },
  {
    name: "due",
    report: "due_deadlines",
    columns: ["hour", "kind", "deadlines"],
    plotted: { as: "bar", x: ["hour"], by: "kind", values: ["deadlines"], stacked: true },
    ahead: true,
  },
  {
    name: "late",
    report: "ship_times",
    columns: ["day", "platform", "orders", "called_off", "shipped", "late", "late_rate"],
    plotted: { ...DAILY, values: ["late_rate"] },
  },
  {
    name: "ship",
    report: "ship_times",
    columns: ["day", "platform", "shipped", "median_hours", "p90_hours", "within_24h", "within_48h", "within_72h"],
    plotted: { ...DAILY, values: ["median_hours"] },
  },
  {
    name: "refund",
    report: "refund_times",
    columns: [
      "day",
      "platform",
      "requests",
      "refunded",
      "amount",
      "median_hours",
      "p90_hours",
      "within_24h",
      "within_72h",
    ],
    plotted: { ...DAILY, values: ["median_hours"] },
  },
  {
    name: "dispute",
    report: "disputes",
    columns: ["month", "platform", "orders", "requests", "disputed", "for_buyer", "for_seller", "dispute_rate"],
    plotted: { as: "bar", x: ["month"], by: "platform", values: ["dispute_rate"] },
  },
  {
    name: "intercept",
    report: "interceptions",
    columns: ["day", "carrier", "asked", "stopped", "failed", "success_rate"],
    plotted: { as: "line", x: ["day"], by: "carrier", values: ["success_rate"] },
  },
  {
    name: "cost",
    report: "interceptions",
    columns: ["day", "carrier", "stopped", "fees", "claims"],
    plotted: { as: "bar", x: ["day"], by: "carrier", values: ["fees"], stacked: true },
  },
  {
    name: "reminders",
    report: "payment_reminders",
    columns: ["day", "account", "calls", "reached", "orders", "paid", "success_rate", "amount"],
    plotted: { as: "bar", x: ["day"], by: "account", values: ["orders", "paid"] },
  },
];
