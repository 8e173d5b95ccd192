import { useTranslation } from "react-i18next";
import { hourOf } from "@/wall/risks";
import type { WallShown } from "@/wall/useWall";

const HEIGHT = 100;
const WIDTH = 10;
const GAP = 2;

/** The last half hour, a bar for each minute. */
export function Minutes({ minutes }: { minutes: WallShown["per_minute"] }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...minutes.map((minute) => minute.orders));
  return (
    <figure className="wall-minutes">
      <svg
        viewBox={`0 0 ${minutes.length * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("wall.minutes")}
      >
        {minutes.map(({ minute, orders }, at) => (
          <rect
            key={minute}
            x={at * WIDTH}
            width={WIDTH - GAP}
            y={HEIGHT - (orders / most) * HEIGHT}
            height={(orders / most) * HEIGHT}
          />
        ))}
      </svg>
      <figcaption>
        <span>{minutes[0] && hourOf(minutes[0].minute)}</span>
        <span>{t("wall.most", { count: most })}</span>
        <span>{t("wall.now")}</span>
      </figcaption>
    </figure>
  );
}
