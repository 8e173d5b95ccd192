import { Table, Tag } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { Webhook } from "@/settings/webhooks/useWebhooks";
import { WebhookPanel } from "@/settings/webhooks/WebhookPanel";
import { Wide } from "@/shell/Wide";

/** Webhooks in rows, and how each stands; a row opens on what can be done with it and what it was delivered. */
export function WebhookTable({ webhooks, loading }: { webhooks: Webhook[]; loading: boolean }) {
  const { t } = useTranslation();
  return (
    <Wide>
      <Table
        size="small"
        rowKey="webhook_id"
        aria-label={t("webhooks.heading")}
        dataSource={webhooks}
        loading={loading}
        pagination={false}
        locale={{ emptyText: t("webhooks.none") }}
        expandable={{
          expandRowByClick: true,
          expandedRowRender: (webhook) => <WebhookPanel webhook={webhook} />,
        }}
        columns={[
          { title: t("webhooks.url"), dataIndex: "url", ellipsis: true, width: 280 },
          { title: t("webhooks.types"), render: (_, { types }) => types.map((type) => <Tag key={type}>{type}</Tag>) },
          { title: t("webhooks.state"), render: (_, webhook) => <Standing webhook={webhook} /> },
          { title: t("webhooks.cursor"), dataIndex: "cursor", align: "right" },
        ]}
      />
    </Wide>
  );
}

const COLOURS = { active: "green", away: "gold", failing: "red", ended: "default", removed: "default" } as const;

function Standing({ webhook: { status, status_since, away_since } }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const stands = status === "active" && away_since ? "away" : status;
  return (
    <>
      <Tag color={COLOURS[stands]}>{t(`webhooks.stands.${stands}`)}</Tag>
      {t("webhooks.since", { at: dayjs(away_since ?? status_since).format("YYYY-MM-DD HH:mm") })}
    </>
  );
}
