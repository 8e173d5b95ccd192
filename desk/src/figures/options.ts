import type { EChartsCoreOption } from "echarts/core";
import type { Plotted } from "@/figures/figures";
import type { Plot } from "@/figures/plot";

export type Colours = { text: string; lines: string };

/** Told apart in the light and in the dark, and by those who see few colours (Okabe and Ito). */
const PALETTE = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999"];

/** How ECharts is to draw it; hints are drawn on the canvas too, for the page allows no styles of others. */
export function chartOption(plot: Plot, plotted: Plotted, percent: boolean, colours: Colours): EChartsCoreOption {
  const text = { color: colours.text };
  const formatter = percent ? (value: number) => `${(value * 100).toFixed(0)}%` : undefined;
  const names = { type: "category", data: plot.labels, axisLabel: { ...text, hideOverlap: true } };
  const values = {
    type: "value",
    axisLabel: { ...text, formatter },
    splitLine: { lineStyle: { color: colours.lines } },
    minInterval: percent ? undefined : 1,
  };
  return {
    color: PALETTE,
    animation: false,
    textStyle: text,
    grid: { left: 8, right: 16, top: plot.series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
    legend: { show: plot.series.length > 1, type: "scroll", textStyle: text, top: 0 },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      ...(percent && { valueFormatter: (value: number) => (value == null ? "–" : `${(value * 100).toFixed(2)}%`) }),
    },
    ...(plotted.lying ? { xAxis: values, yAxis: { ...names, inverse: true } } : { xAxis: names, yAxis: values }),
    series: plot.series.map(({ name, data }) => ({
      name,
      data,
      type: plotted.as,
      connectNulls: true,
      ...(plotted.stacked && { stack: "all" }),
      ...(plotted.as === "bar" && { barMaxWidth: 40 }),
    })),
  };
}
