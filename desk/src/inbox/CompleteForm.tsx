import type { components } from "@generated/openapi";
import { Button, Flex, Form, Input, Radio, Typography } from "antd";
import { lazy, Suspense, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import type { Completion } from "@/inbox/useTask";
import { Refused } from "@/shell/Refused";

// Loaded with the first form that is shown: the list needs none.
const SchemaForm = lazy(async () => ({ default: (await import("@/forms/SchemaForm")).SchemaForm }));

type Outcome = components["schemas"]["OutcomeShown"];
type Shown = {
  caseId: string;
  outcomes: Outcome[];
  refused: Problem | null;
  busy: boolean;
  complete: (completion: Completion) => void;
};

/** What came of a task: the outcome, what it asks for, a note. What speaks against an outcome stands beside it. */
export function CompleteForm({ caseId, outcomes, refused, busy, complete }: Shown) {
  const { t } = useTranslation();
  const [chosen, choose] = useState<string | null>(null);
  const [data, setData] = useState<Record<string, unknown>>({});
  const [note, setNote] = useState("");
  const label = useId();
  const outcome = outcomes.find((one) => one.outcome === chosen);
  return (
    <Flex vertical gap="small" data-outcomes>
      <Typography.Text strong id={label}>
        {t("task.outcome")}
      </Typography.Text>
      <Radio.Group
        aria-labelledby={label}
        value={chosen}
        onChange={(event) => {
          choose(event.target.value);
          setData({});
        }}
        vertical
        options={outcomes.map((one) => ({ value: one.outcome, label: <OutcomeLabel outcome={one} /> }))}
      />
      {outcome && (
        <Suspense>
          <SchemaForm
            key={outcome.outcome}
            schema={outcome.data_schema}
            value={data}
            change={setData}
            caseId={caseId}
            refused={refused}
          />
        </Suspense>
      )}
      <Form.Item label={t("task.note")} layout="vertical" htmlFor={`${label}note`}>
        <Input.TextArea id={`${label}note`} value={note} onChange={(event) => setNote(event.target.value)} rows={2} />
      </Form.Item>
      <Flex vertical gap="small" className="form-end">
        <Refused by={refused} />
        <Button
          data-key="e"
          type="primary"
          disabled={!outcome}
          loading={busy}
          onClick={() => outcome && complete({ outcome: outcome.outcome, note, data })}
        >
          {t("task.complete")}
        </Button>
      </Flex>
    </Flex>
  );
}

function OutcomeLabel({ outcome }: { outcome: Outcome }) {
  return (
    <Flex vertical className="task-outcome">
      <span>{outcome.title}</span>
      <Typography.Text type="secondary">{outcome.leads_to}</Typography.Text>
      {outcome.reasons?.map((reason) => (
        <Typography.Text type="warning" key={reason.code}>
          {reason.message}
        </Typography.Text>
      ))}
    </Flex>
  );
}
