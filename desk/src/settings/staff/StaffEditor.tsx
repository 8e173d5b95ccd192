import { PlusOutlined } from "@ant-design/icons";
import { Flex, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Group, Weekday } from "@/settings/hours/shifts";
import { choicesOf, replaced } from "@/settings/sections";
import { PeopleTable } from "@/settings/staff/PeopleTable";
import type { Staff } from "@/settings/staff/people";
import { useColleagues } from "@/settings/staff/useColleagues";
import type { Editing } from "@/settings/useSettings";

/** How tasks come to people, and who works in which group and when. */
export function StaffEditor({ form, value, change }: Editing<Staff>) {
  const { t } = useTranslation();
  const colleagues = useColleagues();
  const missing = colleagues.filter((one) => !value.people.some((person) => person.account === one.account));
  return (
    <Flex vertical gap="middle" align="stretch">
      <Radio.Group
        aria-label={t("staff.assign")}
        value={value.assign}
        onChange={(event) => change({ ...value, assign: event.target.value })}
        options={choicesOf<Staff["assign"]>(form, "Assign")}
      />
      <PeopleTable
        people={value.people}
        groups={choicesOf<Group>(form, "Group")}
        days={choicesOf<Weekday>(form, "Weekday")}
        change={(at, person) => change({ ...value, people: replaced(value.people, at, person) })}
      />
      <Flex gap="small" align="center">
        <PlusOutlined />
        <Select
          className="staff-add"
          aria-label={t("staff.add")}
          placeholder={t("staff.add")}
          value={null}
          options={missing.map(({ account }) => ({ value: account, label: account }))}
          onChange={(account: string | null) => {
            const one = colleagues.find((known) => known.account === account);
            if (one) change({ ...value, people: [...value.people, { ...one, shifts: [], away: [] }].map(plain) });
          }}
        />
      </Flex>
    </Flex>
  );
}

/** Just what the section holds of somebody. */
function plain({ account, groups, shifts, away }: Staff["people"][number]) {
  return { account, groups, shifts, away };
}
