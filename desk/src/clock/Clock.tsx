import { Button, Flex, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SPANS, type Span } from "@/clock/spans";
import { useClock } from "@/clock/useClock";

/** The sandbox's time, and moving it on; nothing where time is the world's own. */
export function Clock() {
  const { t } = useTranslation();
  const { clock, advance } = useClock();
  const [span, choose] = useState<Span>("P1D");
  if (!clock.data) return null;
  return (
    <Flex align="center" gap={4} className="clock">
      <time dateTime={clock.data.now}>{dayjs(clock.data.now).format("YYYY-MM-DD HH:mm")}</time>
      <Select
        size="small"
        aria-label={t("clock.by")}
        value={span}
        onChange={choose}
        popupMatchSelectWidth={false}
        options={SPANS.map((value) => ({ value, label: t(`clock.${value}`) }))}
      />
      <Button size="small" loading={advance.isPending} onClick={() => advance.mutate(span)}>
        {t("clock.advance")}
      </Button>
    </Flex>
  );
}
