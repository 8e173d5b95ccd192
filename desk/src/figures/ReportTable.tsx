import { Table } from "antd";
import type { Column } from "@/figures/cells";
import type { Words } from "@/figures/plot";
import type { Row } from "@/figures/useReport";
import { Wide } from "@/shell/Wide";

type Shown = { columns: Column[]; rows: Row[]; words: Words; label: string };

/** The numbers of a figure, each as the report has it; what a column counts is said at its head. */
export function ReportTable({ columns, rows, words, label }: Shown) {
  return (
    <Wide>
      <Table
        size="small"
        aria-label={label}
        rowKey={(row) => columns.map((column) => row[column.name]).join("/")}
        dataSource={rows}
        pagination={rows.length > 10 && { pageSize: 10, size: "small", showSizeChanger: false }}
        columns={columns.map((column) => ({
          key: column.name,
          title: <span title={column.means}>{column.title}</span>,
          align: NUMBERS.has(column.measure) ? "right" : "left",
          render: (_, row) => words.cell(column.name, row),
        }))}
      />
    </Wide>
  );
}

const NUMBERS = new Set<Column["measure"]>(["count", "yuan", "share", "hours", "score"]);
