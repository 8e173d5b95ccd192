import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { PAGES } from "@/settings/pages";
import type { Section } from "@/settings/useSettings";

/** Everything that can be set up, each at its address. */
export function SettingsList({ sections }: { sections: Section[] }) {
  const { t } = useTranslation();
  return (
    <nav className="settings-list" aria-label={t("settings.title")}>
      {sections.map((one) => (
        <NavLink key={one.section} to={`/settings/${one.section}`}>
          {one.title}
        </NavLink>
      ))}
      {Object.entries(PAGES).map(([page, { title }]) => (
        <NavLink key={page} to={`/settings/${page}`}>
          {t(title)}
        </NavLink>
      ))}
    </nav>
  );
}
