import { Card, Flex, Switch, Table } from "antd";
import { useTranslation } from "react-i18next";
import { PERMISSIONS, type Permission, usePermissions } from "@/settings/usePermissions";
import { Refused } from "@/shell/Refused";

/** What each account is granted. */
export function Permissions({ merchant }: { merchant: string }) {
  const { t } = useTranslation();
  const { accounts, grant } = usePermissions(merchant);
  const items = accounts.data?.items ?? [];

  function turn(account: string, held: string[], permission: Permission, on: boolean) {
    const others = PERMISSIONS.filter((one) => one !== permission && held.includes(one));
    grant.mutate({ account, permissions: on ? [...others, permission] : others });
  }
  return (
    <Card size="small" title={<h1 className="settings-heading">{t("settings.permissions")}</h1>}>
      <Flex vertical gap="small">
        <Refused by={grant.error} />
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
          ]}
        />
      </Flex>
    </Card>
  );
}
