import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import { Refused } from "@/shell/Refused";
import { BigNumber } from "@/wall/BigNumber";
import { Minutes } from "@/wall/Minutes";
import { Risks } from "@/wall/Risks";
import { useWall } from "@/wall/useWall";
import { WallHead } from "@/wall/WallHead";
import "@/wall/wall.css";

/** A campaign day, for a screen that people read from across the room: no menus, nothing to click. */
export function Wall() {
  const { t } = useTranslation();
  const { data, error } = useWall();
  if (!data) return error ? <Refused by={error as Problem} /> : <Skeleton active />;
  const risks = data.at_risk.reduce((sum, risk) => sum + risk.deadlines, 0);
  return (
    <main className="wall">
      <WallHead now={data.now} />
      <BigNumber name={t("wall.orders")} value={data.last_minute} lead>
        <Minutes minutes={data.per_minute} />
      </BigNumber>
      <BigNumber name={t("wall.risk")} value={risks} alarming={risks > 0}>
        <Risks risks={data.at_risk} />
      </BigNumber>
      <BigNumber name={t("wall.holds")} value={data.holds_waiting} alarming={data.holds_waiting > 0} />
      <BigNumber name={t("wall.toShip")} value={data.to_ship} />
      <BigNumber name={t("wall.toPickUp")} value={data.to_pick_up} />
    </main>
  );
}
