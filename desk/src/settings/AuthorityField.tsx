import { InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

type Shown = { account: string; amount: string | null; change: (amount: string | null) => void };

/** Yuan up to which one account agrees by itself; empty, it is what its role may. Set once the field is left. */
export function AuthorityField({ account, amount, change }: Shown) {
  const { t } = useTranslation();
  const [written, write] = useState(amount);
  const set = () => written !== amount && change(written);
  return (
    <InputNumber<string>
      aria-label={`${account}: ${t("settings.authority")}`}
      placeholder={t("settings.asRole")}
      className="settings-amount"
      stringMode
      min="0"
      precision={2}
      value={written}
      onChange={(value) => write(value || null)}
      onBlur={set}
      onPressEnter={set}
    />
  );
}
