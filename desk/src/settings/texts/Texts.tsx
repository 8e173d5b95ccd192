import { Card, Checkbox, Flex, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextTable } from "@/settings/texts/TextTable";
import { beside } from "@/settings/texts/texts";
import { useEditions, useWords } from "@/settings/texts/useEditions";
import type { Language } from "@/words/language";

/** What an edition has people say, beside the shop's own edition or any other. */
export function Texts() {
  const { t, i18n } = useTranslation();
  const editions = useEditions().data?.items ?? [];
  const [chosen, choose] = useState<{ edition?: string; own?: string }>({});
  const [differing, setDiffering] = useState(false);
  const edition = chosen.edition ?? editions[0]?.id;
  const own = chosen.own ?? editions.find((one) => one.id !== edition)?.id;
  const [theirs, ours] = [useWords(edition).data, useWords(own).data];
  const options = editions.map(({ id, title }) => ({ value: id, label: title }));
  const titleOf = (id: string | undefined) => editions.find((one) => one.id === id)?.title;
  const rows = theirs && ours && beside(theirs, ours, i18n.language as Language);
  return (
    <Card size="small" title={<h1 className="settings-heading">{t("texts.heading")}</h1>}>
      <Flex vertical gap="small">
        <p className="settings-hint">{t("texts.how")}</p>
        <Flex gap="small" wrap align="center">
          <Select
            aria-label={t("texts.edition")}
            value={edition}
            options={options}
            popupMatchSelectWidth={false}
            onChange={(id) => choose({ ...chosen, edition: id })}
          />
          <Select
            aria-label={t("texts.own")}
            value={own}
            options={options}
            popupMatchSelectWidth={false}
            onChange={(id) => choose({ ...chosen, own: id })}
          />
          <Checkbox checked={differing} onChange={(event) => setDiffering(event.target.checked)}>
            {t("texts.differing")}
          </Checkbox>
        </Flex>
        {rows ? (
          <TextTable
            rows={differing ? rows.filter((row) => row.edition !== row.own) : rows}
            edition={titleOf(edition)}
            own={titleOf(own)}
          />
        ) : (
          <Skeleton active />
        )}
      </Flex>
    </Card>
  );
}
