import { TimePicker } from "antd";
import { useTranslation } from "react-i18next";
import { interval as asInterval, picked } from "@/settings/hours/clock";
import type { Shift } from "@/settings/hours/shifts";

type Interval = Shift["intervals"][number];
type Shown = { interval: Interval; change: (interval: Interval | null) => void };

/** Part of a day; cleared, it is gone. */
export function IntervalPicker({ interval, change }: Shown) {
  const { t } = useTranslation();
  return (
    <TimePicker.RangePicker
      className="shift-interval"
      format="HH:mm"
      minuteStep={5}
      order={false}
      needConfirm={false}
      placeholder={[t("hours.from"), t("hours.to")]}
      value={[picked(interval.from), picked(interval.to)]}
      onChange={(_, [from, to]) => change(from && to ? asInterval(from, to) : null)}
    />
  );
}
