import { Alert, Typography } from "antd";
import { useTranslation } from "react-i18next";

/** A password that nothing shows again. */
export function FirstPassword({ account, password }: { account: string; password: string }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="success"
      showIcon
      title={t("accounts.password", { account })}
      description={
        <Typography.Text code copyable>
          {password}
        </Typography.Text>
      }
    />
  );
}
