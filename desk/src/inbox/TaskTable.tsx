import { Empty, Skeleton } from "antd";
import { type MouseEvent, memo } from "react";
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

/**
 * The tasks in rows; a row opens its task beside the list. A table of its own: the list is what people wait for most,
 * and Ant Design's table takes several times as long to draw and to move on as these rows, which are drawn only anew
 * where their task changed.
 */
export function TaskTable({ items, open, show, loading, wide, gone }: Shown) {
  const { t } = useTranslation();
  function onClick(event: MouseEvent<HTMLElement>) {
    const at = event.target as HTMLElement;
    const id = at.closest("a") ? undefined : at.closest("tr")?.dataset.rowKey;
    const task = items.find((one) => one.item_id === id);
    if (task) show(task);
  }
  return (
    <>
      <table className="inbox-tasks" aria-label={t("inbox.tasks")}>
        <thead>
          <tr>
            <th className="inbox-due">{t("inbox.due")}</th>
            <th>{t("inbox.what")}</th>
            <th className="inbox-order">{t("inbox.order")}</th>
            {wide && (
              <>
                <th className="inbox-stage">{t("inbox.stage")}</th>
                <th className="inbox-amount">{t("inbox.amount")}</th>
                <th className="inbox-buyer">{t("inbox.buyer")}</th>
                <th className="inbox-assignee">{t("inbox.assignee")}</th>
              </>
            )}
          </tr>
        </thead>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: each row has a button, and the keys j and k */}
        <tbody onClick={onClick}>
          {items.map((task) => (
            <TaskRow
              key={task.item_id}
              task={task}
              open={task.item_id === open}
              gone={gone.has(task.item_id)}
              wide={wide}
            />
          ))}
        </tbody>
      </table>
      {loading && <Skeleton active />}
      {!loading && !items.length && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("inbox.empty")} />}
    </>
  );
}

const TaskRow = memo(function TaskRow(shown: { task: Task; open: boolean; gone: boolean; wide: boolean }) {
  const { t } = useTranslation();
  const { task, open, gone, wide } = shown;
  return (
    <tr data-row-key={task.item_id} aria-selected={open} className={open ? "inbox-open" : gone ? "inbox-gone" : ""}>
      <td>
        <Due at={task.due_at} />
      </td>
      <td>
        <button type="button">{task.title}</button>
      </td>
      <td>
        <Link to={`/cases/${task.case_id}`}>{task.order_id}</Link>
        <small>{t(`platform.${task.platform}` as "platform.taobao")}</small>
      </td>
      {wide && (
        <>
          <td>{task.stage_title}</td>
          <td className="inbox-amount">{task.amount}</td>
          <td>{task.buyer}</td>
          <td className="inbox-assignee">{task.assignee}</td>
        </>
      )}
    </tr>
  );
});
