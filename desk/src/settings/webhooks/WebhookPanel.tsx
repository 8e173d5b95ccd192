import { Alert, Button, Flex, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import { latest } from "@/app/latest";
import { DeliveryLog } from "@/settings/webhooks/DeliveryLog";
import { Redeliver } from "@/settings/webhooks/Redeliver";
import { Secret } from "@/settings/webhooks/Secret";
import { useWebhook } from "@/settings/webhooks/useWebhook";
import type { Webhook } from "@/settings/webhooks/useWebhooks";
import { WebhookFields } from "@/settings/webhooks/WebhookFields";
import { Refused } from "@/shell/Refused";

/** One webhook: what is wrong with it, what can be done, whom it tells what, and what it was delivered. */
export function WebhookPanel({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const { change, rotate, test, resume, redeliver, remove } = useWebhook(webhook.webhook_id);
  const steps = [rotate, test, resume, redeliver, remove];
  const { error } = latest<{ submittedAt: number; error: Problem | null }>(change, ...steps);
  return (
    <Flex vertical gap="middle">
      {webhook.status !== "active" && (
        <Alert
          type="error"
          showIcon
          title={t(`webhooks.explained.${webhook.status}`)}
          action={
            webhook.status === "failing" && (
              <Button size="small" loading={resume.isPending} onClick={() => resume.mutate()}>
                {t("webhooks.resume")}
              </Button>
            )
          }
        />
      )}
      <Flex gap="small" wrap>
        <Button loading={test.isPending} onClick={() => test.mutate()}>
          {t("webhooks.test")}
        </Button>
        <Popconfirm title={t("webhooks.rotateSure")} onConfirm={() => rotate.mutate()}>
          <Button loading={rotate.isPending}>{t("webhooks.rotate")}</Button>
        </Popconfirm>
        <Redeliver last={webhook.cursor} busy={redeliver.isPending} redeliver={redeliver.mutate} />
        <Popconfirm title={t("webhooks.removeSure")} onConfirm={() => remove.mutate()}>
          <Button danger loading={remove.isPending}>
            {t("webhooks.remove")}
          </Button>
        </Popconfirm>
      </Flex>
      {test.data && (
        <Alert
          showIcon
          type={test.data.delivered ? "success" : "warning"}
          title={t(test.data.delivered ? "webhooks.tested" : "webhooks.notTaken", {
            answer: test.data.http_status ?? test.data.error,
            took: test.data.took_ms,
          })}
        />
      )}
      {rotate.data && <Secret webhook={rotate.data} />}
      <Refused by={error} />
      <DeliveryLog webhookId={webhook.webhook_id} />
      <WebhookFields wanted={webhook} busy={change.isPending} does={t("settings.save")} done={change.mutate} />
    </Flex>
  );
}
