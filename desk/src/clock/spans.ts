export const SPANS = ["PT1H", "PT12H", "P1D", "P3D", "P7D", "next"] as const;
export type Span = (typeof SPANS)[number];

/** What the sandbox is asked: by how much, or to when; without a deadline to go to, by nothing. */
export function target(span: Span, nextDue: string | null): { by: string } | { to: string } {
  if (span !== "next") return { by: span };
  return nextDue ? { to: nextDue } : { by: "PT0S" };
}
