import { Card, Flex, Table, Typography } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { type Campaign, useCampaigns } from "@/settings/campaigns/useCampaigns";
import { Wide } from "@/shell/Wide";

/** The marketplaces' campaigns, which bind the shop; it does not set them itself. */
export function Campaigns() {
  const { t } = useTranslation();
  const campaigns = useCampaigns();
  return (
    <Card size="small" title={<h1 className="settings-heading">{t("campaigns.heading")}</h1>}>
      <Flex vertical gap="small">
        <Typography.Text type="secondary">{t("campaigns.whose")}</Typography.Text>
        <Wide>
          <Table
            size="small"
            rowKey="campaign_id"
            aria-label={t("campaigns.heading")}
            dataSource={campaigns.data?.items ?? []}
            loading={campaigns.isPending}
            pagination={false}
            locale={{ emptyText: t("campaigns.none") }}
            columns={[
              { title: t("campaigns.name"), dataIndex: "campaign_id" },
              { title: t("campaigns.window"), render: (_, one) => span(one) },
              {
                title: t("campaigns.frozen"),
                render: (_, one) => (one.refunds_frozen ? span(one.refunds_frozen) : "–"),
              },
              { title: t("campaigns.shipWithin"), render: (_, one) => one.ship_within ?? t("campaigns.editions") },
              { title: t("campaigns.holds"), render: (_, one) => t(one.ship_hold ? "campaigns.yes" : "campaigns.no") },
            ]}
          />
        </Wide>
      </Flex>
    </Card>
  );
}

function span({ from, to }: Pick<Campaign, "from" | "to">): string {
  return [from, to].map((at) => dayjs(at).format("YYYY-MM-DD HH:mm")).join(" – ");
}
