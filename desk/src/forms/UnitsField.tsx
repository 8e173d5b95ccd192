import type { WidgetProps } from "@rjsf/utils";
import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { useLines } from "@/forms/useLines";

type Some = { line_id: string; quantity: number };

/** How many units of which line: a number for each line of the case; none at all means all of them. */
export function UnitsField({ id, value, onChange, registry, label }: WidgetProps) {
  const { t } = useTranslation();
  const { caseId } = registry.formContext as { caseId: string };
  const chosen = (value ?? []) as Some[];

  function choose(lineId: string, quantity: number | null) {
    const others = chosen.filter((one) => one.line_id !== lineId);
    const next = quantity ? [...others, { line_id: lineId, quantity }] : others;
    onChange(next.length ? next : undefined);
  }
  return (
    <ul id={id} aria-label={label} className="form-units">
      {useLines(caseId).map((line) => (
        <li key={line.lineId}>
          <InputNumber
            aria-label={t("units.of", { line: line.title })}
            min={0}
            max={line.quantity}
            precision={0}
            placeholder={t("units.all")}
            value={chosen.find((one) => one.line_id === line.lineId)?.quantity ?? null}
            onChange={(quantity) => choose(line.lineId, quantity)}
          />{" "}
          {t("units.outOf", { count: line.quantity })} · {line.title}
        </li>
      ))}
    </ul>
  );
}
