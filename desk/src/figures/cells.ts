import type { components } from "@generated/openapi";
import type { Row } from "@/figures/useReport";

export type Column = components["schemas"]["ColumnShown"];

/** What the desk itself has words for: kinds of case, their stages, marketplaces. */
export type Named = {
  kind: (code: string) => string;
  stage: (kind: string, code: string) => string;
  platform: (code: string) => string;
};

/** What a row has in a column, as people read it. */
export function cellText(column: Column, row: Row, named: Named): string {
  const cell = row[column.name];
  if (cell === null || cell === undefined) return "–";
  if (column.measure === "share") return `${(Number(cell) * 100).toFixed(2)}%`;
  if (column.measure === "hours") return Number(cell).toFixed(1);
  return column.measure === "text" ? titled(column, row, String(cell), named) : String(cell);
}

function titled(column: Column, row: Row, code: string, named: Named): string {
  if (column.titles[code]) return column.titles[code];
  if (column.name === "kind") return named.kind(code);
  if (column.name === "stage") return named.stage(String(row.kind), code);
  return column.name === "platform" ? named.platform(code) : code;
}
