import { Button, Result } from "antd";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import { Problem } from "@/api/problem";
import { useMe } from "@/session/useMe";

/** Pages for who is signed in; everybody else is led to sign in, and from there back. */
export function Guarded() {
  const { t } = useTranslation();
  const me = useMe();
  const { pathname, search } = useLocation();
  if (me.error instanceof Problem && me.error.status === 401) {
    return <Navigate replace to={`/sign-in?to=${encodeURIComponent(pathname + search)}`} />;
  }
  if (me.data) return <Outlet />;
  if (me.isPending) return <output className="waiting">{t("shell.loading")}</output>;
  return (
    <Result
      status="warning"
      title={t("shell.unreachable")}
      extra={<Button onClick={() => me.refetch()}>{t("shell.again")}</Button>}
    />
  );
}
