import type { components } from "@generated/openapi";
import { Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { inOrder } from "@/case/inOrder";
import { Moment } from "@/case/Moment";
import { Due } from "@/due/Due";

type Deadline = components["schemas"]["DeadlineShown"];

/** What is due when, and why: the fact it counts from, the rule and its value, and what moved it. */
export function Deadlines({ deadlines }: { deadlines: Deadline[] }) {
  const { t } = useTranslation();
  if (!deadlines.length) return <Typography.Text type="secondary">{t("case.noDeadlines")}</Typography.Text>;
  return (
    <ul className="case-list">
      {inOrder(deadlines).map((deadline) => (
        <li key={`${deadline.kind}/${deadline.subject}/${deadline.started_at}`}>
          <Flex gap="small" align="center" wrap>
            <strong>{deadline.title}</strong>
            {deadline.subject && <span>{deadline.subject}</span>}
            {deadline.state === "running" ? <Due at={deadline.due_at} /> : <Tag>{t(`deadline.${deadline.state}`)}</Tag>}
            <Moment at={deadline.due_at} />
          </Flex>
          <Why deadline={deadline} />
        </li>
      ))}
    </ul>
  );
}

function Why({ deadline }: { deadline: Deadline }) {
  const { t } = useTranslation();
  const { because, started_at, changes } = deadline;
  return (
    <Typography.Text type="secondary">
      {t("deadline.why", { fact: because.event_type, rule: because.rule, value: because.value })}{" "}
      <Moment at={started_at} />
      {changes.map((change) => (
        <div key={`${change.at}/${change.change}`}>
          {t(`deadline.${change.change}`)} {change.amount} · {change.by} · <Moment at={change.at} />
        </div>
      ))}
    </Typography.Text>
  );
}
