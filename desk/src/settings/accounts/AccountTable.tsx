import { Button, Flex, Popconfirm, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Account } from "@/settings/accounts/useAccounts";
import { Wide } from "@/shell/Wide";

type Shown = {
  accounts: Account[];
  loading: boolean;
  reset: (account: string) => void;
  lock: (account: string, locked: boolean) => void;
};

/** Accounts in rows: whether they sign in, and what an owner can do about it. */
export function AccountTable({ accounts, loading, reset, lock }: Shown) {
  const { t } = useTranslation();
  return (
    <Wide>
      <Table
        size="small"
        rowKey="account"
        aria-label={t("accounts.heading")}
        dataSource={accounts}
        loading={loading}
        pagination={accounts.length > 50 && { pageSize: 50 }}
        columns={[
          { title: t("session.account"), dataIndex: "account" },
          {
            title: t("settings.roles"),
            render: (_, one) => one.roles.map((role) => t(`role.${role}` as "role.agent", role)).join(", "),
          },
          { title: t("accounts.state"), render: (_, one) => <AccountState account={one} /> },
          {
            key: "doings",
            title: "",
            render: (_, { account, signs_in, locked }) =>
              signs_in && (
                <Flex gap={4}>
                  <Button
                    size="small"
                    aria-label={`${account}: ${t(locked ? "accounts.unlock" : "accounts.lock")}`}
                    onClick={() => lock(account, !locked)}
                  >
                    {t(locked ? "accounts.unlock" : "accounts.lock")}
                  </Button>
                  <Popconfirm title={t("accounts.resetSure", { account })} onConfirm={() => reset(account)}>
                    <Button size="small" aria-label={`${account}: ${t("accounts.reset")}`}>
                      {t("accounts.reset")}
                    </Button>
                  </Popconfirm>
                </Flex>
              ),
          },
        ]}
      />
    </Wide>
  );
}

function AccountState({ account: { signs_in, locked } }: { account: Account }) {
  const { t } = useTranslation();
  if (locked) return <Tag color="red">{t("accounts.locked")}</Tag>;
  return signs_in ? <Tag color="green">{t("accounts.signsIn")}</Tag> : <Tag>{t("accounts.token")}</Tag>;
}
