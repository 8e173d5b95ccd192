import { Card, Flex, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { ShiftRows } from "@/settings/hours/ShiftRows";
import { type Group, type Shift, USUAL, type Weekday } from "@/settings/hours/shifts";
import { type Choice, choicesOf } from "@/settings/sections";
import type { Editing } from "@/settings/useSettings";

type Hours = { shifts: Shift[]; holidays: "open" | "closed" };
type WorkingHours = { groups: Partial<Record<Group, Hours>> };

const ALWAYS: Hours = { shifts: [], holidays: "open" };

/** When each group works: round the clock, or in shifts. */
export function HoursEditor({ form, value, change }: Editing<WorkingHours>) {
  const holidays = choicesOf<Hours["holidays"]>(form, "OnHolidays");
  return (
    <Flex vertical gap="small">
      {choicesOf<Group>(form, "Group").map((group) => (
        <GroupHours
          key={group.value}
          group={group.label}
          hours={value.groups[group.value] ?? ALWAYS}
          days={choicesOf<Weekday>(form, "Weekday")}
          holidays={holidays}
          change={(hours) => change({ groups: { ...value.groups, [group.value]: hours } })}
        />
      ))}
    </Flex>
  );
}

type Shown = {
  group: string;
  hours: Hours;
  days: Choice<Weekday>[];
  holidays: Choice<Hours["holidays"]>[];
  change: (hours: Hours) => void;
};

function GroupHours({ group, hours, days, holidays, change }: Shown) {
  const { t } = useTranslation();
  return (
    <Card size="small" type="inner" title={<h2 className="settings-part">{group}</h2>}>
      <Flex vertical gap="small">
        <Flex wrap gap="middle" align="center">
          <Radio.Group
            aria-label={t("hours.when", { group })}
            value={hours.shifts.length > 0}
            onChange={(event) => change({ ...hours, shifts: event.target.value ? [USUAL] : [] })}
            options={[
              { value: false, label: t("hours.always") },
              { value: true, label: t("hours.inShifts") },
            ]}
          />
          <Flex gap="small" align="center">
            <span>{t("hours.onHolidays")}</span>
            <Select
              aria-label={t("hours.holidays", { group })}
              value={hours.holidays}
              options={holidays}
              onChange={(chosen) => change({ ...hours, holidays: chosen })}
            />
          </Flex>
        </Flex>
        {hours.shifts.length > 0 && (
          <ShiftRows shifts={hours.shifts} days={days} of={group} change={(shifts) => change({ ...hours, shifts })} />
        )}
      </Flex>
    </Card>
  );
}
