import { Result } from "antd";
import { useTranslation } from "react-i18next";

/** What is where, until somebody works here. */
export function Start() {
  const { t } = useTranslation();
  return (
    <Result
      status="success"
      title={t("start.title")}
      subTitle={t("start.building")}
      extra={<a href="/docs">{t("start.documents")}</a>}
    />
  );
}
