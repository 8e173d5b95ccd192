import { Alert, Button, Card, Flex } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import { SchemaForm } from "@/forms/SchemaForm";
import { EDITORS } from "@/settings/editors";
import type { Section } from "@/settings/useSettings";
import { Refused } from "@/shell/Refused";

type Shown = {
  section: Section;
  refused: Problem | null;
  saved: boolean;
  busy: boolean;
  save: (value: Record<string, unknown>) => void;
};

/** One section as a form; a change holds from the very next step on. */
export function SectionForm({ section, refused, saved, busy, save }: Shown) {
  const { t } = useTranslation();
  const [value, setValue] = useState<Record<string, unknown>>(section.value);
  const Editor = EDITORS[section.section];
  return (
    <Card size="small" title={<h1 className="settings-heading">{section.title}</h1>}>
      <Flex vertical gap="middle">
        {Editor ? (
          <Editor form={section.form} value={value as never} change={setValue} />
        ) : (
          <SchemaForm schema={section.form} value={value} change={setValue} caseId="" />
        )}
        <Refused by={refused} />
        {saved && <Alert type="success" showIcon title={t("settings.saved")} />}
        <Button type="primary" className="settings-save" loading={busy} onClick={() => save(value)}>
          {t("settings.save")}
        </Button>
      </Flex>
    </Card>
  );
}
