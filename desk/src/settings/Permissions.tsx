import { Card, Flex, Switch, Table } from "antd";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import { latest } from "@/app/latest";
import { AuthorityField } from "@/settings/AuthorityField";
import { PERMISSIONS, type Permission, usePermissions } from "@/settings/usePermissions";
import { Refused } from "@/shell/Refused";

/** Who agrees to requests. */
const AGREEING: readonly string[] = ["agent", "supervisor", "owner"];

/** What each account is granted, and up to which amount it agrees by itself. */
export function Permissions({ merchant }: { merchant: string }) {
  const { t } = useTranslation();
  const { accounts, grant, limit } = usePermissions(merchant);
  const items = accounts.data?.items ?? [];

  function turn(account: string, held: string[], permission: Permission, on: boolean) {
    const others = PERMISSIONS.filter((one) => one !== permission && held.includes(one));
    grant.mutate({ account, permissions: on ? [...others, permission] : others });
  }
  return (
    <Card size="small" title={<h1 className="settings-heading">{t("settings.permissions")}</h1>}>
      <Flex vertical gap="small">
        <Refused by={latest<{ submittedAt: number; error: Problem | null }>(grant, limit).error} />
        <Table
          size="small"
          rowKey="account"
          dataSource={items}
          loading={accounts.isPending}
          pagination={false}
          columns={[
            { title: t("session.account"), dataIndex: "account" },
            {
              title: t("settings.roles"),
              render: (_, one) => one.roles.map((role) => t(`role.${role}` as "role.agent", role)).join(", "),
            },
            ...PERMISSIONS.map((permission) => ({
              title: t(`permission.${permission}`),
              key: permission,
              render: (_: unknown, one: (typeof items)[number]) => (
                <Switch
                  aria-label={`${one.account}: ${t(`permission.${permission}`)}`}
                  checked={one.permissions.includes(permission)}
                  loading={grant.isPending && grant.variables.account === one.account}
                  onChange={(on) => turn(one.account, one.permissions, permission, on)}
                />
              ),
            })),
            {
              title: t("settings.authority"),
              key: "authority",
              render: (_: unknown, { account, authority, roles }: (typeof items)[number]) =>
                roles.some((role) => AGREEING.includes(role)) && (
                  <AuthorityField
                    key={authority}
                    account={account}
                    amount={authority}
                    change={(amount) => limit.mutate({ account, amount })}
                  />
                ),
            },
          ]}
        />
      </Flex>
    </Card>
  );
}
