import { useMutation } from "@tanstack/react-query";
import { Button, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { answer } from "@/api/problem";
import { useForget, useMe } from "@/session/useMe";

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const forget = useForget();
  const signOut = useMutation({
    mutationFn: () => answer(api.DELETE("/v1/sessions/current")),
    onSettled: () => {
      forget();
      navigate("/sign-in");
    },
  });
  return (
    <Flex align="center" gap="small">
      <Typography.Text type="secondary" className="shell-account">
        {me.data?.account}
      </Typography.Text>
      <Button size="small" title={me.data?.account} loading={signOut.isPending} onClick={() => signOut.mutate()}>
        {t("session.signOut")}
      </Button>
    </Flex>
  );
}
