import type { Plotted } from "@/figures/figures";
import type { Row } from "@/figures/useReport";

export type Plot = { labels: string[]; series: { name: string; data: (number | null)[] }[] };

/** What a row has in a column, and what the column is called, in words. */
export type Words = { cell: (column: string, row: Row) => string; title: (column: string) => string };

/** The rows as a chart draws them: what is not known leaves a gap. */
export function plot(rows: readonly Row[], { x, by, values }: Plotted, words: Words): Plot {
  const labelOf = (row: Row) => x.map((column) => words.cell(column, row)).join(" · ");
  const labels = [...new Set(rows.map(labelOf))];
  const lines = new Map<string, (number | null)[]>();
  for (const row of rows) {
    for (const value of values) {
      const name = [by && words.cell(by, row), (!by || values.length > 1) && words.title(value)].filter(Boolean);
      const line = lines.get(name.join(" · ")) ?? labels.map(() => null);
      line[labels.indexOf(labelOf(row))] = number(row[value]);
      lines.set(name.join(" · "), line);
    }
  }
  return { labels, series: [...lines].map(([name, data]) => ({ name, data })) };
}

/** Money comes as a text, so that no fen is lost on the way. */
function number(cell: Row[string] | undefined): number | null {
  return cell === null || cell === undefined ? null : Number(cell);
}
