import { Flex, Table, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Trial } from "@/settings/automation/automation";
import { choicesOf, type Form } from "@/settings/sections";
import { Wide } from "@/shell/Wide";

const COUNTS = ["decided", "agreed", "disagreed", "withheld", "failed"] as const;

/** What each strategy would have decided, and whether people had decided the same; a row opens on examples. */
export function TrialTable({ form, trial }: { form: Form; trial: Trial }) {
  const { t } = useTranslation();
  const verdicts = choicesOf(form, "Verdict");
  const said = (code: string | null) => verdicts.find((choice) => choice.value === code)?.label ?? "–";
  return (
    <Wide>
      <Table
        size="small"
        rowKey="strategy"
        aria-label={t("automation.trial")}
        dataSource={trial.strategies}
        pagination={false}
        locale={{ emptyText: t("automation.noneOn") }}
        columns={[
          { title: t("automation.title"), render: (_, one) => one.title || one.strategy },
          { title: t("automation.decision"), render: (_, one) => said(one.decision) },
          ...COUNTS.map((count) => ({
            key: count,
            title: t(`automation.${count}`),
            align: "right" as const,
            render: (_: unknown, one: Trial["strategies"][number]) => one[count],
          })),
        ]}
        expandable={{
          rowExpandable: (one) => one.examples.length > 0 || one.failure !== null,
          expandedRowRender: ({ examples, failure }) => (
            <Flex vertical gap={4}>
              {failure && <Typography.Text type="danger">{failure}</Typography.Text>}
              {examples.map(({ case_id, decision, decided }) => (
                <span key={case_id}>
                  <Link to={`/cases/${case_id}`}>{case_id}</Link>{" "}
                  {t("automation.example", { decision: said(decision), decided: said(decided) })}
                </span>
              ))}
            </Flex>
          ),
        }}
      />
    </Wide>
  );
}
