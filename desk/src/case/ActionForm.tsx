import { Button, Card, Flex } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import type { Offer } from "@/case/useCase";
import { Refused } from "@/shell/Refused";

const SchemaForm = lazy(async () => ({ default: (await import("@/forms/SchemaForm")).SchemaForm }));

type Shown = {
  caseId: string;
  offer: Offer;
  refused: Problem | null;
  busy: boolean;
  take: (input: Record<string, unknown>) => void;
  close: () => void;
};

/** What a step asks for, and why it was refused. */
export function ActionForm({ caseId, offer, refused, busy, take, close }: Shown) {
  const { t } = useTranslation();
  const [input, setInput] = useState<Record<string, unknown>>({});
  return (
    <Card size="small" title={offer.title} className="case-step">
      <Flex vertical gap="small">
        <Suspense>
          <SchemaForm schema={offer.input_schema} value={input} change={setInput} caseId={caseId} refused={refused} />
        </Suspense>
        <Refused by={refused} />
        <Flex gap="small" className="form-end">
          <Button type="primary" loading={busy} onClick={() => take(input)}>
            {t("case.take")}
          </Button>
          <Button onClick={close}>{t("case.leave")}</Button>
        </Flex>
      </Flex>
    </Card>
  );
}
