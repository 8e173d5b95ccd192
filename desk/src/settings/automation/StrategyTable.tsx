import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Switch, Table, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { blank, type Strategy } from "@/settings/automation/automation";
import { StrategyFields } from "@/settings/automation/StrategyFields";
import { choicesOf, type Form, moved, replaced } from "@/settings/sections";
import { Wide } from "@/shell/Wide";

type Shown = { form: Form; strategies: Strategy[]; change: (strategies: Strategy[]) => void };

/** Strategies in the order in which they are tried; a row opens on its fields. */
export function StrategyTable({ form, strategies, change }: Shown) {
  const { t } = useTranslation();
  const stages = choicesOf<Strategy["stage"]>(form, "StrategyStage");
  const decisions = choicesOf<Strategy["decision"]>(form, "Verdict");
  const set = (at: number, next: Strategy | null) => change(replaced(strategies, at, next));
  return (
    <Flex vertical gap="small" align="stretch">
      <Wide>
        <Table
          size="small"
          rowKey={(strategy) => strategies.indexOf(strategy)}
          aria-label={t("automation.strategies")}
          dataSource={strategies}
          pagination={false}
          locale={{ emptyText: t("automation.none") }}
          columns={[
            {
              title: t("automation.enabled"),
              render: (_, one, at) => (
                <Switch
                  size="small"
                  aria-label={`${one.title || one.id}: ${t("automation.enabled")}`}
                  checked={one.enabled}
                  onChange={(enabled) => set(at, { ...one, enabled })}
                />
              ),
            },
            { title: t("automation.title"), render: (_, one) => one.title || one.id },
            { title: t("automation.stage"), render: (_, one) => titleOf(stages, one.stage) },
            {
              title: t("automation.when"),
              render: (_, one) => (one.when ? <Typography.Text code>{one.when}</Typography.Text> : "–"),
            },
            { title: t("automation.decision"), render: (_, one) => titleOf(decisions, one.decision) },
            {
              key: "order",
              title: "",
              render: (_, one, at) => (
                <Flex>
                  {MOVES.map(({ step, icon, name }) => (
                    <Button
                      key={name}
                      type="text"
                      size="small"
                      icon={icon}
                      disabled={!strategies[at + step]}
                      aria-label={`${one.title || one.id}: ${t(`automation.${name}`)}`}
                      onClick={() => change(moved(strategies, at, step))}
                    />
                  ))}
                  <Button
                    type="text"
                    size="small"
                    icon={<DeleteOutlined />}
                    aria-label={`${one.title || one.id}: ${t("automation.remove")}`}
                    onClick={() => set(at, null)}
                  />
                </Flex>
              ),
            },
          ]}
          expandable={{
            expandedRowRender: (one, at) => (
              <StrategyFields strategy={one} stages={stages} decisions={decisions} change={(next) => set(at, next)} />
            ),
          }}
        />
      </Wide>
      <Button
        className="settings-save"
        icon={<PlusOutlined />}
        onClick={() => change([...strategies, blank(strategies)])}
      >
        {t("automation.add")}
      </Button>
    </Flex>
  );
}

const MOVES = [
  { step: -1, icon: <ArrowUpOutlined />, name: "up" },
  { step: 1, icon: <ArrowDownOutlined />, name: "down" },
] as const;

function titleOf(choices: { value: string; label: string }[], code: string): string {
  return choices.find((choice) => choice.value === code)?.label ?? code;
}
