import { Result } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** An address that shows nothing. */
export function NotHere() {
  const { t } = useTranslation();
  return <Result status="404" title={t("shell.notHere")} extra={<Link to="/inbox">{t("inbox.title")}</Link>} />;
}
