import { DownloadOutlined } from "@ant-design/icons";
import { Button, Flex } from "antd";
import { useTranslation } from "react-i18next";
import type { Days } from "@/figures/days";

type Shown = { report: string; days: Days; title: string };

/** The whole report as files for spreadsheets. */
export function ExportLinks({ report, days, title }: Shown) {
  const { language } = useTranslation().i18n;
  return (
    <Flex gap={4}>
      {["csv", "xlsx"].map((format) => (
        <Button
          key={format}
          size="small"
          icon={<DownloadOutlined />}
          download
          href={`/v1/reports/${report}?from=${days.from}&to=${days.to}&format=${format}&titles=${language}`}
          aria-label={`${title}: ${format.toUpperCase()}`}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </Flex>
  );
}
