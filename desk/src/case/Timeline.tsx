import type { components } from "@generated/openapi";
import { Flex, Select, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Moment } from "@/case/Moment";

type Line = components["schemas"]["TimelineItem"];

/** What happened, the latest first; by whom, if one asks for somebody's part alone. */
export function Timeline({ lines }: { lines: Line[] }) {
  const { t } = useTranslation();
  const [role, chooseRole] = useState("");
  const roles = [...new Set(lines.map((line) => line.actor.role))].sort();
  const shown = lines.filter((line) => !role || line.actor.role === role).reverse();
  return (
    <Flex vertical gap="small">
      <Select
        aria-label={t("case.byWhom")}
        value={role}
        onChange={chooseRole}
        className="case-filter"
        options={[
          { value: "", label: t("case.byAll") },
          ...roles.map((value) => ({ value, label: t(`role.${value}` as "role.agent", value) })),
        ]}
      />
      <ol className="case-list" reversed>
        {shown.map((line) => (
          <li key={line.seq}>
            <Moment at={line.at} /> {line.summary}{" "}
            <Typography.Text type="secondary">
              {t(`role.${line.actor.role}` as "role.agent", line.actor.role)} {line.actor.account}
            </Typography.Text>
          </li>
        ))}
      </ol>
    </Flex>
  );
}
