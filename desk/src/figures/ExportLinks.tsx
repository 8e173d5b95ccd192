import { DownloadOutlined } from "@ant-design/icons";
import { Button, Flex } from "antd";
import type { Days } from "@/figures/days";

type Shown = { report: string; days: Days; title: string };

/** The whole report as files for spreadsheets. */
export function ExportLinks({ report, days, title }: Shown) {
  return (
    <Flex gap={4}>
      {["csv", "xlsx"].map((format) => (
        <Button
          key={format}
          size="small"
          icon={<DownloadOutlined />}
          download
          href={`/v1/reports/${report}?from=${days.from}&to=${days.to}&format=${format}`}
          aria-label={`${title}: ${format.toUpperCase()}`}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </Flex>
  );
}
