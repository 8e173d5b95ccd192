import type { CasePage } from "@/case/useCase";

/** What people call the lines of a case: by the order's title where that was asked for, else by article. */
export function namesOf(stands: CasePage): Map<string, string> {
  if (stands.kind === "platform_message") return new Map();
  const titles = new Map(stands.included?.goods?.map(({ line_id, title }) => [line_id, title]));
  return new Map(stands.lines.map((line) => [line.line_id, titles.get(line.line_id) ?? nameOf(line)]));
}

function nameOf(line: { line_id: string }): string {
  const { title, sku } = line as { title?: string; sku?: string };
  return title ?? sku ?? line.line_id;
}
