import { Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { CasePage, Parts } from "@/case/useCase";
import { useStages } from "@/case/useStages";
import { Waits } from "@/case/Waits";
import { parties } from "@/case/waits";
import { useMe } from "@/session/useMe";

/** Which case it is, how it stands, and for whom it waits. */
export function Head({ stands, included }: { stands: CasePage; included: Parts }) {
  const { t } = useTranslation();
  const workflows = useMe().data?.workflows;
  const stage = useStages().find((one) => one.kind === stands.kind && one.stage === stands.stage);
  const buyer = included.buyer;
  return (
    <Flex vertical gap={4}>
      <Flex gap="small" align="center" wrap>
        <Typography.Title level={1} className="case-title">
          {t(`kind.${stands.kind}`)} {stands.order_id}
        </Typography.Title>
        <Tag>{t(`platform.${stands.platform}` as "platform.taobao", stands.platform)}</Tag>
        <Tag color={stands.open ? "blue" : undefined}>{stage?.title ?? stands.stage}</Tag>
        {stands.kind === "after_sale" && (
          <Tag>{t(`service.${stands.service}` as "service.exchange", stands.service)}</Tag>
        )}
      </Flex>
      <Flex gap="small" wrap>
        <Typography.Text type="secondary" copyable={{ tooltips: false }}>
          {stands.case_id}
        </Typography.Text>
        {workflows && (
          <a href={workflows + encodeURIComponent(stands.case_id)} target="_blank" rel="noreferrer">
            {t("case.workflow")}
          </a>
        )}
      </Flex>
      <Waits parties={parties(stands.waits_for, included.work_items?.items ?? [])} />
      {buyer && <span>{[buyer.name ?? buyer.id, buyer.dial].filter(Boolean).join(" · ")}</span>}
    </Flex>
  );
}
