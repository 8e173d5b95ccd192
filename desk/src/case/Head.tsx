import { Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { CasePage, Parts } from "@/case/useCase";
import { useStages } from "@/case/useStages";
import { useMe } from "@/session/useMe";

/** Which case it is, how it stands, and for whom it waits. */
export function Head({ stands, buyer }: { stands: CasePage; buyer: Parts["buyer"] }) {
  const { t } = useTranslation();
  const workflows = useMe().data?.workflows;
  const stage = useStages().find((one) => one.kind === stands.kind && one.stage === stands.stage);
  const waits = stands.waits_for.map((wait) => t(`party.${wait.party}` as "party.buyer", wait.party));
  return (
    <Flex vertical gap={4}>
      <Flex gap="small" align="center" wrap>
        <Typography.Title level={1} className="case-title">
          {t(`kind.${stands.kind}`)} {stands.order_id}
        </Typography.Title>
        <Tag>{t(`platform.${stands.platform}` as "platform.taobao", stands.platform)}</Tag>
        <Tag color={stands.open ? "blue" : undefined}>{stage?.title ?? stands.stage}</Tag>
      </Flex>
      <Flex gap="small" wrap>
        <Typography.Text type="secondary">{stands.case_id}</Typography.Text>
        {workflows && (
          <a href={workflows + encodeURIComponent(stands.case_id)} target="_blank" rel="noreferrer">
            {t("case.workflow")}
          </a>
        )}
      </Flex>
      {waits.length > 0 && <span>{t("case.waitsFor", { who: [...new Set(waits)].join(t("case.and")) })}</span>}
      {buyer && <span>{[buyer.name ?? buyer.id, buyer.dial].filter(Boolean).join(" · ")}</span>}
    </Flex>
  );
}
