import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { Days } from "@/figures/days";

/** The first and the last day that figures are about; the API takes a year at most. */
export function DayRange({ days, change }: { days: Days; change: (days: Days) => void }) {
  const { t } = useTranslation();
  const last = dayjs(days.to);
  const presets = [7, 30, 90].map((count) => ({
    label: t("figures.lastDays", { count }),
    value: [last.subtract(count - 1, "day"), last] as [dayjs.Dayjs, dayjs.Dayjs],
  }));
  return (
    <DatePicker.RangePicker
      aria-label={t("figures.days")}
      placeholder={[t("figures.from"), t("figures.to")]}
      value={[dayjs(days.from), last]}
      presets={presets}
      allowClear={false}
      onChange={(_, [from, to]) => from && to && change({ from, to })}
    />
  );
}
