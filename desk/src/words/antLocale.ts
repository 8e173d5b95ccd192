import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useTranslation } from "react-i18next";

/** Ant Design's own words, in the desk's language. */
export function useAntLocale() {
  return useTranslation().i18n.language === "zh" ? zhCN : enUS;
}
