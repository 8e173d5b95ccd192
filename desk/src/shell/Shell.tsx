import { Layout } from "antd";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet } from "react-router";
import { Clock } from "@/clock/Clock";
import { useLive } from "@/live/useLive";
import { SearchField } from "@/search/SearchField";
import { useMe } from "@/session/useMe";
import { AccountMenu } from "@/shell/AccountMenu";
import { LanguageSwitch } from "@/shell/LanguageSwitch";
import "@/shell/shell.css";

/** To whom the API tells figures. */
const READERS = ["supervisor", "finance", "owner", "ops"] as const;

/** What stands around every page: where one can go, who one is, the language. */
export function Shell() {
  const { t } = useTranslation();
  useLive();
  const roles = useMe().data?.roles ?? [];
  const reads = READERS.some((role) => roles.includes(role));
  return (
    <Layout className="shell">
      <header className="shell-header">
        <NavLink to="/inbox" className="shell-name">
          Caseline
        </NavLink>
        <nav className="shell-pages">
          <NavLink to="/inbox">{t("inbox.title")}</NavLink>
          {reads && <NavLink to="/figures">{t("figures.title")}</NavLink>}
          <NavLink to="/wall">{t("wall.open")}</NavLink>
          {roles.includes("owner") && <NavLink to="/settings">{t("settings.title")}</NavLink>}
        </nav>
        <SearchField />
        <Clock />
        <LanguageSwitch />
        <AccountMenu />
      </header>
      <main className="shell-page">
        <Outlet />
      </main>
    </Layout>
  );
}
