import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { chooseLanguage } from "@/words/i18n";

/** Turns the desk to the other language; its label is in the language that it turns to. */
export function LanguageSwitch() {
  const other = useTranslation().i18n.language === "zh" ? "en" : "zh";
  return (
    <Button type="text" lang={other} onClick={() => chooseLanguage(other)}>
      {other === "zh" ? "中文" : "English"}
    </Button>
  );
}
