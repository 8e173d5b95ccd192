import { Card, Flex } from "antd";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import { latest } from "@/app/latest";
import { AccountTable } from "@/settings/accounts/AccountTable";
import { FirstPassword } from "@/settings/accounts/FirstPassword";
import { NewAccount } from "@/settings/accounts/NewAccount";
import { useAccounts } from "@/settings/accounts/useAccounts";
import { Refused } from "@/shell/Refused";

/** Who signs in to the shop. */
export function Accounts({ merchant }: { merchant: string }) {
  const { t } = useTranslation();
  const { accounts, make, reset, lock } = useAccounts(merchant);
  const told = latest<typeof make | typeof reset>(make, reset).data;
  return (
    <Card size="small" title={<h1 className="settings-heading">{t("accounts.heading")}</h1>}>
      <Flex vertical gap="middle">
        <NewAccount busy={make.isPending} make={make.mutate} />
        <Refused by={latest<{ submittedAt: number; error: Problem | null }>(make, reset, lock).error} />
        {told && <FirstPassword account={told.account} password={told.password} />}
        <AccountTable
          accounts={accounts.data?.items ?? []}
          loading={accounts.isPending}
          reset={reset.mutate}
          lock={(account, locked) => lock.mutate({ account, locked })}
        />
      </Flex>
    </Card>
  );
}
