import type { components } from "@generated/openapi";
import { Flex, Select, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LINE_KINDS, type LineKind, lineKind } from "@/case/lineKind";
import { Moment } from "@/case/Moment";

type Line = components["schemas"]["TimelineItem"];

/** What happened, the latest first; by whom and about what, if one asks for that alone. */
export function Timeline({ lines }: { lines: Line[] }) {
  const { t } = useTranslation();
  const [role, chooseRole] = useState("");
  const [kind, chooseKind] = useState<LineKind | "">("");
  const roles = [...new Set(lines.map((line) => line.actor.role))].sort();
  const kinds = LINE_KINDS.filter((one) => lines.some((line) => lineKind(line.type) === one));
  const wanted = (line: Line) => (!role || line.actor.role === role) && (!kind || lineKind(line.type) === kind);
  const said = (one: string) => t(`role.${one}` as "role.agent", one);
  return (
    <Flex vertical gap="small">
      <Flex gap="small" wrap>
        <Select
          aria-label={t("case.byWhom")}
          value={role}
          onChange={chooseRole}
          className="case-filter"
          options={[{ value: "", label: t("case.byAll") }, ...roles.map((value) => ({ value, label: said(value) }))]}
        />
        <Select
          aria-label={t("case.aboutWhat")}
          value={kind}
          onChange={chooseKind}
          className="case-filter"
          options={[
            { value: "" as const, label: t("case.aboutAll") },
            ...kinds.map((value) => ({ value, label: t(`line.${value}`) })),
          ]}
        />
      </Flex>
      <ol className="case-list" reversed>
        {lines
          .filter(wanted)
          .reverse()
          .map((line) => (
            <li key={line.seq}>
              <Moment at={line.at} /> {line.summary}{" "}
              <Typography.Text type="secondary">
                {said(line.actor.role)} {line.actor.role === "system" ? "" : line.actor.account}
              </Typography.Text>
            </li>
          ))}
      </ol>
    </Flex>
  );
}
