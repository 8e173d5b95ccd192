import { Input, type InputRef } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { isTyping } from "@/app/isTyping";

/** Search from anywhere; the key / leads to it. */
export function SearchField() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const field = useRef<InputRef>(null);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== "/" || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.current?.focus({ cursor: "all" });
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <Input
      ref={field}
      type="search"
      aria-label={t("search.label")}
      placeholder={t("search.hint")}
      className="shell-search"
      maxLength={100}
      onPressEnter={(event) => {
        const words = event.currentTarget.value.trim();
        if (words.length >= 2) navigate(`/search?q=${encodeURIComponent(words)}`);
      }}
    />
  );
}
