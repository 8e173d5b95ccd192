import type { components } from "@generated/openapi";
import { Table, type TableColumnsType, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

type Found = components["schemas"]["CaseFound"];

/** The cases that were found, each leading to its page. */
export function FoundTable({ items, loading }: { items: Found[]; loading: boolean }) {
  const { t } = useTranslation();
  const columns: TableColumnsType<Found> = [
    { title: t("inbox.order"), render: (_, one) => <Link to={`/cases/${one.case_id}`}>{one.order_id}</Link> },
    { title: t("search.kind"), render: (_, one) => t(`kind.${one.kind}`) },
    {
      title: t("inbox.platform"),
      render: (_, one) => t(`platform.${one.platform}` as "platform.taobao", one.platform),
    },
    { title: t("inbox.stage"), render: (_, one) => <Tag color={one.open ? "blue" : undefined}>{one.stage_title}</Tag> },
    { title: t("inbox.amount"), dataIndex: "amount", align: "right" },
    { title: t("inbox.buyer"), dataIndex: "buyer" },
  ];
  return (
    <Table
      size="small"
      rowKey="case_id"
      aria-label={t("search.found")}
      columns={columns}
      dataSource={items}
      loading={loading}
      pagination={false}
      scroll={{ x: true }}
      locale={{ emptyText: t("search.nothing") }}
    />
  );
}
