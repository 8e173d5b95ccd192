import { Flex } from "antd";
import { useTranslation } from "react-i18next";
import type { Automation } from "@/settings/automation/automation";
import { KeywordTable } from "@/settings/automation/KeywordTable";
import { StrategyTable } from "@/settings/automation/StrategyTable";
import { TrialRun } from "@/settings/automation/TrialRun";
import type { Editing } from "@/settings/useSettings";

/** What is decided without a person, what it would have decided before, and which words call for one. */
export function AutomationEditor({ form, value, change }: Editing<Automation>) {
  const { t } = useTranslation();
  return (
    <Flex vertical gap="small">
      <h2 className="settings-part">{t("automation.strategies")}</h2>
      <StrategyTable
        form={form}
        strategies={value.strategies ?? []}
        change={(strategies) => change({ ...value, strategies })}
      />
      <TrialRun form={form} automation={value} />
      <h2 className="settings-part">{t("automation.keywords")}</h2>
      <KeywordTable form={form} keywords={value.keywords ?? []} change={(keywords) => change({ ...value, keywords })} />
    </Flex>
  );
}
