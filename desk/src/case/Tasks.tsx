import type { components } from "@generated/openapi";
import { Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Due } from "@/due/Due";

type Task = components["schemas"]["WorkItemShown"];

/** The family's tasks, the open ones first, each leading to the inbox. */
export function Tasks({ items }: { items: Task[] }) {
  const { t } = useTranslation();
  if (!items.length) return <Typography.Text type="secondary">{t("case.noTasks")}</Typography.Text>;
  const open = items.filter((task) => task.state === "open");
  const over = items.filter((task) => task.state !== "open");
  return (
    <ul className="case-list">
      {[...open, ...over].map((task) => (
        <li key={task.item_id}>
          <Link to={`/inbox?view=all&task=${task.item_id}`}>{task.title}</Link>{" "}
          {task.state === "open" ? <Due at={task.due_at} /> : <Tag>{t("task.done")}</Tag>}{" "}
          <Typography.Text type="secondary">{task.done_by ?? task.assignee}</Typography.Text>
        </li>
      ))}
    </ul>
  );
}
