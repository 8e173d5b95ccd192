import { useMemo } from "react";
import { type Column, cellText } from "@/figures/cells";
import type { Days } from "@/figures/days";
import type { Figure } from "@/figures/figures";
import type { Words } from "@/figures/plot";
import { useNamed } from "@/figures/useNamed";
import { useReport, useReports } from "@/figures/useReport";

/** The rows of a figure's report, its columns, and their words; undefined until they are known. */
export function useFigure(figure: Figure, days: Days) {
  const reports = useReports();
  const report = useReport(figure.report, days);
  const named = useNamed();
  const described = reports.data?.items.find((one) => one.name === figure.report)?.columns;
  const columns = useMemo(
    () => figure.columns.flatMap((name) => described?.find((column) => column.name === name) ?? []),
    [figure, described],
  );
  const words = useMemo(() => (columns.length ? wordsOf(columns, named) : undefined), [columns, named]);
  return { columns, rows: report.data?.rows, words, error: report.error ?? reports.error };
}

function wordsOf(columns: Column[], named: Parameters<typeof cellText>[2]): Words {
  const find = (name: string) => columns.find((column) => column.name === name);
  return {
    title: (name) => find(name)?.title ?? name,
    cell: (name, row) => {
      const column = find(name);
      return column ? cellText(column, row, named) : String(row[name]);
    },
  };
}
