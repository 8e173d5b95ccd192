import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Card, Flex, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { answer, type Problem } from "@/api/problem";
import { inside } from "@/session/inside";
import { useForget } from "@/session/useMe";
import { LanguageSwitch } from "@/shell/LanguageSwitch";

type Credentials = { account: string; password: string };

/** The way in: account and password, then where one wanted to go. */
export function SignIn() {
  const { t } = useTranslation();
  const [address] = useSearchParams();
  const navigate = useNavigate();
  const forget = useForget();
  const signIn = useMutation<unknown, Problem, Credentials>({
    mutationFn: (body) => answer(api.POST("/v1/sessions", { body })),
    onSuccess: () => {
      forget();
      navigate(inside(address.get("to")), { replace: true });
    },
  });
  return (
    <Flex component="main" vertical align="center" justify="center" gap="middle" className="sign-in">
      <Card title={<h1>{t("session.title")}</h1>} extra={<LanguageSwitch />}>
        <Form<Credentials> layout="vertical" onFinish={(filled) => signIn.mutate(filled)} disabled={signIn.isPending}>
          {signIn.error && <Alert type="error" showIcon title={signIn.error.message} />}
          <Form.Item name="account" label={t("session.account")} rules={[{ required: true }]}>
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item name="password" label={t("session.password")} rules={[{ required: true }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {t("session.signIn")}
          </Button>
        </Form>
      </Card>
    </Flex>
  );
}
