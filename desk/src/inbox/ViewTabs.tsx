import { QuestionCircleOutlined } from "@ant-design/icons";
import type { components } from "@generated/openapi";
import { Badge, Button, Flex, Select, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { type Filters, type Group, VIEWS, type View } from "@/inbox/filters";
import { useMe } from "@/session/useMe";

type Counts = components["schemas"]["CountsShown"];
type Shown = {
  filters: Filters;
  counts: Counts | undefined;
  change: (change: Partial<Filters>) => void;
  help: () => void;
};

/** Which tasks are shown, with how many there are of each. */
export function ViewTabs({ filters, counts, change, help }: Shown) {
  const { t } = useTranslation();
  const groups = useMe().data?.groups ?? [];
  const numbers = counts && numbersOf(counts, groups);
  const tabs = VIEWS.map((view) => ({
    key: view,
    label: (
      <Flex gap={6} align="center">
        {t(`inbox.${view}`)}
        <Badge count={numbers?.[view]} overflowCount={9999} color={view === "overdue" ? "#cf1322" : "#595959"} />
      </Flex>
    ),
  }));
  const types = Object.entries(counts?.type_titles ?? {}).map(([value, title]) => ({
    value,
    label: `${title} (${counts?.by_type[value] ?? 0})`,
  }));
  return (
    <Flex align="center" wrap gap="small" justify="space-between">
      <Tabs items={tabs} activeKey={filters.view} onChange={(view) => change({ view: view as View })} />
      <Flex gap="small">
        <Select
          aria-label={t("inbox.type")}
          value={filters.type ?? ""}
          onChange={(type) => change({ type: type || null })}
          options={[{ value: "", label: t("inbox.anyType") }, ...types]}
          showSearch={{ optionFilterProp: "label" }}
          popupMatchSelectWidth={false}
        />
        <Button icon={<QuestionCircleOutlined />} aria-label={t("inbox.help")} onClick={help} />
      </Flex>
    </Flex>
  );
}

function numbersOf(counts: Counts, groups: Group[]): Record<View, number> {
  const all = Object.values(counts.by_group).reduce((sum, number) => sum + number, 0);
  const ofGroups = (by: Partial<Record<string, number>>) => groups.reduce((sum, group) => sum + (by[group] ?? 0), 0);
  return {
    mine: counts.mine,
    groups: groups.length ? ofGroups(counts.by_group) : all,
    overdue: groups.length ? ofGroups(counts.overdue_by_group) : counts.overdue,
    all,
  };
}
