import { Button, Flex, Segmented, Table, Tag } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Status, useDeliveries } from "@/settings/webhooks/useDeliveries";
import { Wide } from "@/shell/Wide";

/** What was delivered, and what is being tried. */
export function DeliveryLog({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation();
  const [status, setStatus] = useState<Status | null>(null);
  const log = useDeliveries(webhookId, status);
  return (
    <Flex vertical gap="small">
      <Segmented<Status | "all">
        aria-label={t("webhooks.log")}
        value={status ?? "all"}
        onChange={(chosen) => setStatus(chosen === "all" ? null : chosen)}
        options={(["all", "delivered", "failed"] as const).map((value) => ({
          value,
          label: t(`webhooks.${value}`),
        }))}
      />
      <Wide>
        <Table
          size="small"
          rowKey="event_id"
          aria-label={t("webhooks.log")}
          dataSource={log.data?.pages.flatMap((page) => page.items) ?? []}
          loading={log.isPending}
          pagination={false}
          locale={{ emptyText: t("webhooks.nothing") }}
          columns={[
            { title: t("webhooks.at"), render: (_, one) => dayjs(one.last_at).format("MM-DD HH:mm:ss") },
            { title: t("webhooks.seq"), dataIndex: "seq", align: "right" },
            { title: t("webhooks.type"), dataIndex: "type" },
            { title: t("webhooks.case"), render: (_, one) => <Link to={`/cases/${one.case_id}`}>{one.case_id}</Link> },
            {
              title: t("webhooks.state"),
              render: (_, one) => (
                <Tag color={one.status === "delivered" ? "green" : "red"}>{t(`webhooks.${one.status}`)}</Tag>
              ),
            },
            { title: t("webhooks.answer"), render: (_, one) => one.error ?? one.http_status },
            { title: t("webhooks.attempts"), dataIndex: "attempts", align: "right" },
          ]}
        />
      </Wide>
      {log.hasNextPage && (
        <Button loading={log.isFetchingNextPage} onClick={() => log.fetchNextPage()}>
          {t("inbox.more")}
        </Button>
      )}
    </Flex>
  );
}
