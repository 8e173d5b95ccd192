import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useStages } from "@/case/useStages";
import type { Named } from "@/figures/cells";

/** The desk's words for codes that stand in reports. */
export function useNamed(): Named {
  const { t } = useTranslation();
  const stages = useStages();
  return useMemo(
    () => ({
      kind: (code) => t(`kind.${code}` as "kind.order", code),
      stage: (kind, code) => stages.find((one) => one.kind === kind && one.stage === code)?.title ?? code,
      platform: (code) => t(`platform.${code}` as "platform.taobao", code),
    }),
    [t, stages],
  );
}
