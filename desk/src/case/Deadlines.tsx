import type { components } from "@generated/openapi";
import { Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { inOrder, runs } from "@/case/inOrder";
import { Moment } from "@/case/Moment";
import { Why } from "@/case/Why";
import { Due } from "@/due/Due";

type Deadline = components["schemas"]["DeadlineShown"];

/** What is due when, and why; what is over is folded away. */
export function Deadlines({ deadlines }: { deadlines: Deadline[] }) {
  const { t } = useTranslation();
  const sorted = inOrder(deadlines);
  const over = sorted.filter((deadline) => !runs(deadline));
  return (
    <Flex vertical gap="small">
      {over.length === sorted.length && <Typography.Text type="secondary">{t("case.noDeadlines")}</Typography.Text>}
      <Clocks deadlines={sorted.filter(runs)} />
      {over.length > 0 && (
        <details>
          <summary>{t("case.overDeadlines", { count: over.length })}</summary>
          <Clocks deadlines={over} />
        </details>
      )}
    </Flex>
  );
}

function Clocks({ deadlines }: { deadlines: Deadline[] }) {
  const { t } = useTranslation();
  return (
    <ul className="case-list">
      {deadlines.map((deadline) => (
        <li key={`${deadline.kind}/${deadline.subject}/${deadline.started_at}`}>
          <Flex gap="small" align="center" wrap>
            <strong>{deadline.title}</strong>
            {deadline.about && <span>{deadline.about}</span>}
            {deadline.state === "running" ? <Due at={deadline.due_at} /> : <Tag>{t(`deadline.${deadline.state}`)}</Tag>}
            <Moment at={deadline.due_at} />
          </Flex>
          <Why deadline={deadline} />
        </li>
      ))}
    </ul>
  );
}
