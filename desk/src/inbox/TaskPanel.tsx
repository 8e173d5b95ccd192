import { Alert, Button, Card, Flex, Skeleton, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Problem } from "@/api/problem";
import { Due } from "@/due/Due";
import { CompleteForm } from "@/inbox/CompleteForm";
import { TaskFacts } from "@/inbox/TaskFacts";
import { useTask } from "@/inbox/useTask";
import { useMe } from "@/session/useMe";
import { Refused } from "@/shell/Refused";

/** A task beside the list: what it is about, what to say, whose it is, and what came of it. */
export function TaskPanel({ itemId }: { itemId: string }) {
  const { t } = useTranslation();
  const { task, claim, release, complete } = useTask(itemId);
  const me = useMe().data?.account;
  if (task.error instanceof Problem) return <Refused by={task.error} />;
  if (!task.data) return <Skeleton active />;
  const { title, case_id, due_at, script, assignee, state } = task.data;
  const open = state === "open";
  return (
    <Flex vertical gap="middle" className="task-panel">
      <Flex vertical gap={4}>
        <Flex gap="small" align="baseline" justify="space-between">
          <Typography.Title level={4}>{title}</Typography.Title>
          {open && <Due at={due_at} />}
        </Flex>
        <Link to={`/cases/${case_id}`}>{case_id}</Link>
      </Flex>
      <TaskFacts caseId={case_id} />
      {!open && <Alert type="success" showIcon title={t("task.settled")} />}
      {open && assignee && assignee !== me && (
        <Alert type="info" showIcon title={t("task.heldBy", { account: assignee })} />
      )}
      {open &&
        (assignee === me ? (
          <Button onClick={() => release.mutate()} loading={release.isPending}>
            {t("task.release")}
          </Button>
        ) : (
          <Button
            data-key="c"
            type={assignee ? "default" : "primary"}
            onClick={() => claim.mutate()}
            loading={claim.isPending}
          >
            {t("task.claim")}
          </Button>
        ))}
      <Refused by={claim.error ?? release.error} />
      <Card size="small" title={t("task.script")}>
        <Typography.Paragraph className="task-script" copyable={{ text: script }}>
          {script}
        </Typography.Paragraph>
      </Card>
      {open && (
        <CompleteForm
          caseId={case_id}
          outcomes={task.data.outcome_details}
          refused={complete.error}
          busy={complete.isPending}
          complete={complete.mutate}
        />
      )}
    </Flex>
  );
}
