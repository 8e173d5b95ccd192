import { Button, InputNumber, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

type Shown = { last: number; busy: boolean; redeliver: (after: number) => void };

/** Delivers again what follows a change. */
export function Redeliver({ last, busy, redeliver }: Shown) {
  const { t } = useTranslation();
  const [after, setAfter] = useState<number | null>(last);
  return (
    <Space.Compact>
      <InputNumber
        className="redeliver-after"
        aria-label={t("webhooks.after")}
        prefix={t("webhooks.after")}
        min={0}
        max={last}
        precision={0}
        value={after}
        onChange={setAfter}
      />
      <Button disabled={after === null} loading={busy} onClick={() => after !== null && redeliver(after)}>
        {t("webhooks.redeliver")}
      </Button>
    </Space.Compact>
  );
}
