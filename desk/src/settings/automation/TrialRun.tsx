import { Alert, Button, Checkbox, Flex } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Automation } from "@/settings/automation/automation";
import { TrialTable } from "@/settings/automation/TrialTable";
import { useTrial } from "@/settings/automation/useTrial";
import type { Form } from "@/settings/sections";
import { Refused } from "@/shell/Refused";

/** Tries the strategies as they stand here on past requests; nothing is changed by it. */
export function TrialRun({ form, automation }: { form: Form; automation: Automation }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const trial = useTrial();
  return (
    <Flex vertical gap="small">
      <Flex gap="middle" align="center" wrap>
        <Button loading={trial.isPending} onClick={() => trial.mutate({ automation, all })}>
          {t("automation.try")}
        </Button>
        <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
          {t("automation.tryAll")}
        </Checkbox>
      </Flex>
      <Refused by={trial.error} />
      {trial.data && (
        <>
          <Alert
            type="info"
            title={t("automation.tried", {
              tried: trial.data.tried,
              decided: trial.data.decided,
              warned: trial.data.warned,
            })}
          />
          <TrialTable form={form} trial={trial.data} />
        </>
      )}
    </Flex>
  );
}
