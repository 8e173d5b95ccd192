import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type Role, STAFF } from "@/settings/accounts/useAccounts";

type Filled = { account: string; roles: Role[] };

/** Makes an account; its password is made for it. */
export function NewAccount({ busy, make }: { busy: boolean; make: (filled: Filled) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Filled>();
  return (
    <Form<Filled> form={form} layout="inline" className="settings-row" onFinish={make}>
      <Form.Item name="account" label={t("session.account")} rules={[{ required: true }]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="roles" label={t("settings.roles")} rules={[{ required: true }]}>
        <Select
          mode="multiple"
          className="account-roles"
          options={STAFF.map((role) => ({ value: role, label: t(`role.${role}` as "role.agent") }))}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("accounts.make")}
      </Button>
    </Form>
  );
}
