import { theme } from "antd";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use as register } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import type { Plotted } from "@/figures/figures";
import { chartOption } from "@/figures/options";
import type { Plot } from "@/figures/plot";

register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

type Shown = { plot: Plot; plotted: Plotted; percent: boolean; label: string };

/** A chart; what it shows stands in the table beneath it, for those who do not see it. */
export function Chart({ plot, plotted, percent, label }: Shown) {
  const place = useRef<HTMLDivElement>(null);
  const { colorText, colorBorderSecondary } = theme.useToken().token;
  useEffect(() => {
    if (!place.current) return;
    const chart = init(place.current);
    chart.setOption(chartOption(plot, plotted, percent, { text: colorText, lines: colorBorderSecondary }));
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(place.current);
    return () => {
      resized.disconnect();
      chart.dispose();
    };
  }, [plot, plotted, percent, colorText, colorBorderSecondary]);
  return <div ref={place} className="figure-chart" role="img" aria-label={label} />;
}
