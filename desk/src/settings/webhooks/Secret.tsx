import { Alert, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { WithSecret } from "@/settings/webhooks/useWebhooks";

/** The secret that a webhook signs with: nothing shows it again. */
export function Secret({ webhook }: { webhook: WithSecret }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="success"
      showIcon
      title={t("webhooks.secret", { url: webhook.url })}
      description={
        <Typography.Text code copyable>
          {webhook.secret}
        </Typography.Text>
      }
    />
  );
}
