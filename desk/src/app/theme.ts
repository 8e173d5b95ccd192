import { type ThemeConfig, theme } from "antd";
import { useCallback, useMemo, useSyncExternalStore } from "react";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the system is set so, also when that changes while the desk is open. */
function useSystem(setting: MediaQueryList): boolean {
  const whenTurned = useCallback(
    (tell: () => void) => {
      setting.addEventListener("change", tell);
      return () => setting.removeEventListener("change", tell);
    },
    [setting],
  );
  return useSyncExternalStore(whenTurned, () => setting.matches);
}

/** Ant Design's colours where their contrast is too little for WCAG AA. */
const LIGHT: ThemeConfig = {
  algorithm: theme.defaultAlgorithm,
  token: {
    colorPrimary: "#0958d9",
    colorPrimaryHover: "#0a4dbd",
    colorLink: "#0958d9",
    colorError: "#cf1322",
    colorWarning: "#ad4e00",
    colorTextDescription: "rgba(0, 0, 0, 0.65)",
    colorTextPlaceholder: "rgba(0, 0, 0, 0.6)",
  },
  components: { Descriptions: { labelColor: "rgba(0, 0, 0, 0.65)" } },
};
const DARK: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    colorLink: "#91caff",
    colorError: "#ff7875",
    colorWarning: "#faad14",
    colorTextDescription: "rgba(255, 255, 255, 0.65)",
    colorTextPlaceholder: "rgba(255, 255, 255, 0.6)",
  },
  components: {
    Descriptions: { labelColor: "rgba(255, 255, 255, 0.65)" },
    Tabs: { itemSelectedColor: "#69b1ff", itemHoverColor: "#69b1ff" },
  },
};

/** Light or dark, moving or still, as the system is. */
export function useTheme(): ThemeConfig {
  const colours = useSystem(dark) ? DARK : LIGHT;
  const motion = !useSystem(still);
  return useMemo(() => ({ ...colours, token: { ...colours.token, motion } }), [colours, motion]);
}
