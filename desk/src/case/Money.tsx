import type { components } from "@generated/openapi";
import { Descriptions, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Moment } from "@/case/Moment";
import { sums } from "@/case/sums";
import type { CasePage } from "@/case/useCase";

type Entry = components["schemas"]["LedgerItem"];

/** The case's money as a small account, and the entries that it comes from. */
export function Money({ stands, entries }: { stands: CasePage; entries: Entry[] }) {
  const { t } = useTranslation();
  return (
    <Flex vertical gap="small">
      <Descriptions
        size="small"
        column={1}
        items={sums(stands).map(({ what, amount }) => ({ key: what, label: t(`money.${what}`), children: amount }))}
      />
      {entries.length === 0 && <Typography.Text type="secondary">{t("money.none")}</Typography.Text>}
      <ul className="case-list">
        {entries.map((entry) => (
          <li key={entry.entry_id}>
            <Moment at={entry.at} /> {t(`entry.${entry.kind}` as "entry.payment", entry.kind.replaceAll("_", " "))}{" "}
            <strong>
              {entry.reverses ? "−" : ""}
              {entry.amount}
            </strong>{" "}
            <Typography.Text type="secondary">{entry.rule}</Typography.Text>
          </li>
        ))}
      </ul>
    </Flex>
  );
}
