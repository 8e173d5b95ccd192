import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { atStage, DECISIONS, deciding, type Strategy } from "@/settings/automation/automation";
import type { Choice } from "@/settings/sections";

type Shown = {
  strategy: Strategy;
  stages: Choice<Strategy["stage"]>[];
  decisions: Choice<Strategy["decision"]>[];
  change: (strategy: Strategy) => void;
};

/** When a strategy decides, and what. */
export function StrategyFields({ strategy, stages, decisions, change }: Shown) {
  const { t } = useTranslation();
  const { refuse_with: refusal } = strategy;
  const named = (name: string) => `strategy-${name}`;
  return (
    <Form component="div" layout="vertical" className="strategy-fields">
      <Form.Item label={t("automation.title")} htmlFor={named("title")}>
        <Input
          id={named("title")}
          value={strategy.title}
          onChange={(event) => change({ ...strategy, title: event.target.value })}
        />
      </Form.Item>
      <Form.Item label={t("automation.id")} htmlFor={named("id")}>
        <Input
          id={named("id")}
          value={strategy.id}
          onChange={(event) => change({ ...strategy, id: event.target.value })}
        />
      </Form.Item>
      <Form.Item label={t("automation.stage")} htmlFor={named("stage")}>
        <Select
          id={named("stage")}
          value={strategy.stage}
          options={stages}
          onChange={(stage) => change(atStage(strategy, stage))}
        />
      </Form.Item>
      <Form.Item label={t("automation.decision")} htmlFor={named("decision")}>
        <Select
          id={named("decision")}
          value={strategy.decision}
          options={decisions.filter((choice) => DECISIONS[strategy.stage].includes(choice.value))}
          onChange={(decision) => change(deciding(strategy, decision))}
        />
      </Form.Item>
      <Form.Item
        className="strategy-when"
        label={t("automation.when")}
        htmlFor={named("when")}
        extra={t("automation.whenHint")}
      >
        <Input.TextArea
          id={named("when")}
          rows={3}
          spellCheck={false}
          value={strategy.when}
          onChange={(event) => change({ ...strategy, when: event.target.value })}
        />
      </Form.Item>
      {refusal && (
        <>
          <Form.Item label={t("automation.reason")} htmlFor={named("reason")}>
            <Input
              id={named("reason")}
              value={refusal.reason}
              onChange={(event) => change({ ...strategy, refuse_with: { ...refusal, reason: event.target.value } })}
            />
          </Form.Item>
          <Form.Item label={t("automation.message")} htmlFor={named("message")}>
            <Input
              id={named("message")}
              value={refusal.message}
              onChange={(event) => change({ ...strategy, refuse_with: { ...refusal, message: event.target.value } })}
            />
          </Form.Item>
        </>
      )}
    </Form>
  );
}
