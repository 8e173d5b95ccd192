import { Card, Flex } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Secret } from "@/settings/webhooks/Secret";
import { useWebhooks } from "@/settings/webhooks/useWebhooks";
import { WebhookFields } from "@/settings/webhooks/WebhookFields";
import { WebhookTable } from "@/settings/webhooks/WebhookTable";
import { Refused } from "@/shell/Refused";

/** Whom the shop tells what changes. */
export function Webhooks() {
  const { t } = useTranslation();
  const { webhooks, add } = useWebhooks();
  const [made, setMade] = useState(0); // another number is another form, empty again
  return (
    <Card size="small" title={<h1 className="settings-heading">{t("webhooks.heading")}</h1>}>
      <Flex vertical gap="middle">
        <WebhookTable webhooks={webhooks.data?.items ?? []} loading={webhooks.isPending} />
        {add.data && <Secret webhook={add.data} />}
        <Card size="small" type="inner" title={<h2 className="settings-heading">{t("webhooks.another")}</h2>}>
          <WebhookFields
            key={made}
            busy={add.isPending}
            does={t("webhooks.add")}
            done={(wanted) => add.mutate(wanted, { onSuccess: () => setMade(made + 1) })}
          />
          <Refused by={add.error} />
        </Card>
      </Flex>
    </Card>
  );
}
