import { Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { TextRow } from "@/settings/texts/texts";
import { Wide } from "@/shell/Wide";

type Shown = { rows: TextRow[]; edition: string | undefined; own: string | undefined };

/** Texts in rows, one edition beside the other. */
export function TextTable({ rows, edition, own }: Shown) {
  const { t } = useTranslation();
  return (
    <Wide>
      <Table
        size="small"
        className="text-table"
        tableLayout="fixed"
        rowKey="key"
        aria-label={t("texts.heading")}
        dataSource={rows}
        pagination={rows.length > 20 && { pageSize: 20, showSizeChanger: false }}
        locale={{ emptyText: t("texts.alike") }}
        columns={[
          {
            title: t("texts.task"),
            width: 180,
            render: (_, row) => (
              <>
                {row.title} {row.edition !== row.own && <Tag color="gold">{t("texts.differs")}</Tag>}
              </>
            ),
          },
          { title: edition, render: (_, row) => <p className="text-words">{row.edition ?? "–"}</p> },
          { title: own, render: (_, row) => <p className="text-words">{row.own ?? "–"}</p> },
        ]}
      />
    </Wide>
  );
}
