import { Button, Card, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useFirstSteps } from "@/inbox/useFirstSteps";
import { Refused } from "@/shell/Refused";

/** What to do in a shop that has no case yet; nothing once it has one. */
export function FirstSteps({ empty }: { empty: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { none, sandbox, open } = useFirstSteps(empty);
  if (!empty || !none) return null;
  return (
    <Card title={<h1 className="inbox-first">{t("first.title")}</h1>}>
      <Flex vertical gap="small" align="flex-start">
        {sandbox && (
          <Button
            type="primary"
            loading={open.isPending}
            onClick={() => open.mutate(undefined, { onSuccess: ({ case_id }) => navigate(`/cases/${case_id}`) })}
          >
            {t("first.open")}
          </Button>
        )}
        <Refused by={open.error} />
        <Typography.Text>{t("first.events")}</Typography.Text>
        <Typography.Text>
          {t("first.tokens")} <a href="/docs">/docs</a>
        </Typography.Text>
        {sandbox && <Typography.Text>{t("first.clock")}</Typography.Text>}
      </Flex>
    </Card>
  );
}
