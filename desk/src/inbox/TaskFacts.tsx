import { Descriptions, Flex, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Due } from "@/due/Due";
import { useTaskCase } from "@/inbox/useTaskCase";

/** What one needs to know of a task's case to do it: whose order, whom to call, which goods, what is due next. */
export function TaskFacts({ caseId }: { caseId: string }) {
  const { t } = useTranslation();
  const facts = useTaskCase(caseId);
  if (!facts) return null;
  const { order, platform, stage, buyer, phone, goods, next } = facts;
  const items = [
    { key: "buyer", label: t("inbox.buyer"), children: [buyer, phone].filter(Boolean).join(" · ") },
    { key: "goods", label: t("inbox.goods"), children: goods.join("，") },
    { key: "next", label: next?.title, children: next && <Due at={next.due_at} /> },
  ];
  return (
    <Flex vertical gap="small">
      <Flex gap="small" align="center" wrap>
        <strong>{order}</strong>
        <Tag>{t(`platform.${platform}` as "platform.taobao", platform)}</Tag>
        {stage && <Tag color="blue">{stage}</Tag>}
      </Flex>
      <Descriptions size="small" column={1} items={items.filter((one) => one.children)} />
    </Flex>
  );
}
