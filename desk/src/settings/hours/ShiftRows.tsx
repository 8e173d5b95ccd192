import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Select } from "antd";
import { useTranslation } from "react-i18next";
import { IntervalPicker } from "@/settings/hours/IntervalPicker";
import { type Shift, USUAL, type Weekday } from "@/settings/hours/shifts";
import { type Choice, replaced } from "@/settings/sections";

type Shown = { shifts: readonly Shift[]; days: Choice<Weekday>[]; of: string; change: (shifts: Shift[]) => void };

/** Shifts in rows: on which days, from when to when. */
export function ShiftRows({ shifts, days, of, change }: Shown) {
  const { t } = useTranslation();
  return (
    <Flex vertical gap="small" align="flex-start" role="group" aria-label={t("hours.shiftsOf", { who: of })}>
      {shifts.map((shift, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shifts have no names, and stand where they stand
        <Flex key={at} gap="small" wrap align="center">
          <Select
            mode="multiple"
            className="shift-days"
            aria-label={t("hours.days")}
            placeholder={t("hours.days")}
            value={[...shift.days]}
            options={days}
            onChange={(chosen) => change(replaced(shifts, at, { ...shift, days: inOrder(days, chosen) }))}
          />
          {shift.intervals.map((interval, place) => (
            <IntervalPicker
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              key={place}
              interval={interval}
              change={(next) => change(replaced(shifts, at, withInterval(shift, place, next)))}
            />
          ))}
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined />}
            aria-label={t("hours.addInterval")}
            title={t("hours.addInterval")}
            onClick={() => change(replaced(shifts, at, withInterval(shift, shift.intervals.length, AFTERNOON)))}
          />
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t("hours.removeShift")}
            title={t("hours.removeShift")}
            onClick={() => change(replaced(shifts, at, null))}
          />
        </Flex>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => change([...shifts, USUAL])}>
        {t("hours.addShift")}
      </Button>
    </Flex>
  );
}

const AFTERNOON = { from: "13:00", to: "18:00" };

function withInterval(shift: Shift, at: number, next: Shift["intervals"][number] | null): Shift {
  const within = at < shift.intervals.length;
  const intervals = within ? replaced(shift.intervals, at, next) : [...shift.intervals, next ?? AFTERNOON];
  return { ...shift, intervals };
}

function inOrder(days: Choice<Weekday>[], chosen: Weekday[]): Weekday[] {
  return days.map((day) => day.value).filter((day) => chosen.includes(day));
}
