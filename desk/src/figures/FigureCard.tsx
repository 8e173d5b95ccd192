import { Card, Empty, Skeleton } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import { Chart } from "@/figures/Chart";
import type { Days } from "@/figures/days";
import { ExportLinks } from "@/figures/ExportLinks";
import type { Figure } from "@/figures/figures";
import { plot } from "@/figures/plot";
import { ReportTable } from "@/figures/ReportTable";
import { useFigure } from "@/figures/useFigure";
import { Refused } from "@/shell/Refused";

/** One figure: its chart, the numbers beneath it, and files of them. */
export function FigureCard({ figure, days }: { figure: Figure; days: Days }) {
  const { t } = useTranslation();
  const { columns, rows, words, error } = useFigure(figure, days);
  const title = t(`figures.${figure.name}`);
  const plotted = useMemo(() => words && plot(rows ?? [], figure.plotted, words), [rows, figure, words]);
  const percent = columns.find((column) => column.name === figure.plotted.values[0])?.measure === "share";
  return (
    <Card
      size="small"
      className="figure"
      title={<h2 className="figure-title">{title}</h2>}
      extra={<ExportLinks report={figure.report} days={days} title={title} />}
    >
      <p className="figure-means">{t(`figures.means.${figure.name}`)}</p>
      <Refused by={error as Problem | null} />
      {!rows || !words || !plotted ? (
        !error && <Skeleton active />
      ) : rows.length === 0 ? (
        <Empty description={t("figures.nothing")} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      ) : (
        <>
          <Chart plot={plotted} plotted={figure.plotted} percent={percent} label={title} />
          <ReportTable columns={columns} rows={rows} words={words} label={title} />
        </>
      )}
    </Card>
  );
}
