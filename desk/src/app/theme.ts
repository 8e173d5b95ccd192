import { type ThemeConfig, theme } from "antd";
import { useSyncExternalStore } from "react";

/** The nonce by which this page may make styles (Content-Security-Policy); none on the development server. */
export const NONCE = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce;

const dark = window.matchMedia("(prefers-color-scheme: dark)");

function whenTurned(tell: () => void) {
  dark.addEventListener("change", tell);
  return () => dark.removeEventListener("change", tell);
}

/** Light or dark as the system is, also when it changes while the desk is open. */
export function useTheme(): ThemeConfig {
  const isDark = useSyncExternalStore(whenTurned, () => dark.matches);
  return { algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm };
}
