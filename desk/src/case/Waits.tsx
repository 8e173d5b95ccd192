import { Flex, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Party } from "@/case/waits";
import { Due } from "@/due/Due";

/** Who can act next; nothing where nobody is waited for. */
export function Waits({ parties }: { parties: Party[] }) {
  const { t } = useTranslation();
  if (!parties.length) return null;
  return (
    <Flex gap="small" align="center" wrap>
      <span>{t("case.waitsFor")}</span>
      {parties.map(({ party, tasks, until }) => (
        <Tag key={party}>
          {[t(`party.${party}` as "party.buyer", party), ...tasks].join(" · ")} {until && <Due at={until} />}
        </Tag>
      ))}
    </Flex>
  );
}
