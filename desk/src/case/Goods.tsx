import type { components } from "@generated/openapi";
import { Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { namesOf } from "@/case/goods";
import { Parcels } from "@/case/Parcels";
import type { CasePage } from "@/case/useCase";

type Line = components["schemas"]["LineShown"];

const PLACES = ["not_shipped", "shipped", "delivered", "returning", "returned", "lost", "cancelled"] as const;

/** The goods: of an order where each unit is, of its children how many of which line; and the parcels. */
export function Goods({ stands }: { stands: CasePage }) {
  const names = namesOf(stands);
  return (
    <Flex vertical gap="small">
      <ul className="case-list">
        {stands.kind === "order"
          ? stands.lines.map((line) => <Units key={line.line_id} line={line} />)
          : stands.kind !== "platform_message" &&
            stands.lines.map((line) => (
              <li key={line.line_id}>
                <strong>{names.get(line.line_id)}</strong>{" "}
                {"sku" in line && <Typography.Text type="secondary">{line.sku}</Typography.Text>} × {line.quantity}
              </li>
            ))}
      </ul>
      <Parcels stands={stands} names={names} />
    </Flex>
  );
}

function Units({ line }: { line: Line }) {
  const { t } = useTranslation();
  return (
    <li>
      <strong>{line.title}</strong> <Typography.Text type="secondary">{line.sku}</Typography.Text> {line.amount}
      <Flex gap={4} wrap>
        {PLACES.filter((place) => line.units[place] > 0).map((place) => (
          <Tag key={place}>
            {t(`place.${place}`)} {line.units[place]}
          </Tag>
        ))}
      </Flex>
    </li>
  );
}
