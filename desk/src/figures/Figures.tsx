import { Flex } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useNow } from "@/app/useNow";
import { DayRange } from "@/figures/DayRange";
import { daysAhead, readDays } from "@/figures/days";
import { FigureCard } from "@/figures/FigureCard";
import { FIGURES } from "@/figures/figures";
import "@/figures/figures.css";

/** How the shop does, over days that stand in the address. */
export function Figures() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const now = useNow();
  const days = readDays(address, now);
  return (
    <Flex vertical gap="middle" className="figures">
      <Flex wrap gap="middle" align="center" justify="space-between">
        <h1 className="figures-title">{t("figures.title")}</h1>
        <DayRange days={days} change={(next) => setAddress(next, { replace: true })} />
      </Flex>
      <div className="figures-grid">
        {FIGURES.map((figure) => (
          <FigureCard key={figure.name} figure={figure} days={figure.ahead ? daysAhead(now) : days} />
        ))}
      </div>
    </Flex>
  );
}
