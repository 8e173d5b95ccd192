import { DeleteOutlined } from "@ant-design/icons";
import { Button, Select, Table } from "antd";
import { useTranslation } from "react-i18next";
import { ShiftRows } from "@/settings/hours/ShiftRows";
import type { Group, Weekday } from "@/settings/hours/shifts";
import type { Choice } from "@/settings/sections";
import { AwayRows } from "@/settings/staff/AwayRows";
import type { Person } from "@/settings/staff/people";
import { Wide } from "@/shell/Wide";

type Shown = {
  people: Person[];
  groups: Choice<Group>[];
  days: Choice<Weekday>[];
  change: (at: number, person: Person | null) => void;
};

/** People in rows; a row opens on their shifts and the days on which they are away. */
export function PeopleTable({ people, groups, days, change }: Shown) {
  const { t } = useTranslation();
  return (
    <Wide>
      <Table
        size="small"
        rowKey="account"
        aria-label={t("staff.people")}
        dataSource={people}
        pagination={false}
        locale={{ emptyText: t("staff.nobody") }}
        columns={[
          { title: t("session.account"), dataIndex: "account" },
          {
            title: t("staff.groups"),
            render: (_, person, at) => (
              <Select
                mode="multiple"
                className="staff-groups"
                aria-label={`${person.account}: ${t("staff.groups")}`}
                value={person.groups}
                options={groups}
                onChange={(chosen) => change(at, { ...person, groups: chosen })}
              />
            ),
          },
          { title: t("staff.shifts"), render: (_, { shifts }) => shifts.length || t("staff.withGroup") },
          { title: t("staff.away"), render: (_, { away }) => away.length || "–" },
          {
            key: "remove",
            title: "",
            render: (_, { account }, at) => (
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={`${account}: ${t("staff.remove")}`}
                onClick={() => change(at, null)}
              />
            ),
          },
        ]}
        expandable={{
          expandedRowRender: (person, at) => (
            <>
              <h3 className="settings-part">{t("staff.shifts")}</h3>
              <ShiftRows
                shifts={person.shifts}
                days={days}
                of={person.account}
                change={(shifts) => change(at, { ...person, shifts })}
              />
              <h3 className="settings-part">{t("staff.away")}</h3>
              <AwayRows away={person.away} of={person.account} change={(away) => change(at, { ...person, away })} />
            </>
          ),
        }}
      />
    </Wide>
  );
}
