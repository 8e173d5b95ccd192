import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "@/words/en.json";
import { type Language, preferredLanguage } from "@/words/language";
import zh from "@/words/zh.json";

const CHOSEN = "caseline.language";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** Shows the desk in that language, now and when it is opened again here. */
export function chooseLanguage(language: Language) {
  localStorage.setItem(CHOSEN, language);
  void i18next.changeLanguage(language);
}

i18next.on("languageChanged", (language) => {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  dayjs.locale(language === "zh" ? "zh-cn" : "en"); // names of months and days in calendars
});

void i18next.use(initReactI18next).init({
  resources: { en: { translation: en }, zh: { translation: zh } },
  lng: preferredLanguage(localStorage.getItem(CHOSEN), navigator.languages),
  fallbackLng: "en",
  interpolation: { escapeValue: false }, // React escapes
});
