import { Flex, Table, type TableColumnsType, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Due } from "@/due/Due";
import type { Task } from "@/inbox/filters";

type Shown = {
  items: Task[];
  open: string | null;
  show: (task: Task) => void;
  loading: boolean;
  wide: boolean;
  gone: Set<string>;
};

/** The tasks in rows; a row opens its task beside the list. */
export function TaskTable({ items, open, show, loading, wide, gone }: Shown) {
  const { t } = useTranslation();
  const columns: TableColumnsType<Task> = [
    { title: t("inbox.due"), render: (_, task) => <Due at={task.due_at} />, width: 100 },
    {
      title: t("inbox.what"),
      render: (_, task) => <Typography.Link onClick={() => show(task)}>{task.title}</Typography.Link>,
    },
    { title: t("inbox.order"), render: (_, task) => <OrderCell task={task} />, width: wide ? 150 : 120 },
    { title: t("inbox.stage"), render: (_, task) => <Tag>{task.stage_title}</Tag>, width: 160 },
    { title: t("inbox.amount"), dataIndex: "amount", align: "right", width: 90 },
    { title: t("inbox.buyer"), dataIndex: "buyer", width: 70 },
    { title: t("inbox.assignee"), dataIndex: "assignee", ellipsis: true, width: 110 },
  ];
  return (
    <Table
      size="small"
      rowKey="item_id"
      aria-label={t("inbox.tasks")}
      columns={wide ? columns : columns.slice(0, 3)}
      dataSource={items}
      loading={loading}
      pagination={false}
      locale={{ emptyText: t("inbox.empty") }}
      rowClassName={({ item_id }) => (item_id === open ? "inbox-open" : gone.has(item_id) ? "inbox-gone" : "")}
      onRow={(task) => ({ onClick: () => show(task), "aria-selected": task.item_id === open })}
    />
  );
}

function OrderCell({ task }: { task: Task }) {
  const { t } = useTranslation();
  return (
    <Flex vertical>
      <Link to={`/cases/${task.case_id}`} className="inbox-order" onClick={(event) => event.stopPropagation()}>
        {task.order_id}
      </Link>
      <Typography.Text type="secondary">{t(`platform.${task.platform}` as "platform.taobao")}</Typography.Text>
    </Flex>
  );
}
