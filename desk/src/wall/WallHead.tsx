import { useTranslation } from "react-i18next";
import { chinaTime } from "@/app/china";
import { useMe } from "@/session/useMe";

/** Whose day it is, and what time it is there. */
export function WallHead({ now }: { now: string }) {
  const { t } = useTranslation();
  const shop = useMe().data?.merchant;
  return (
    <header className="wall-head">
      <h1>{t("wall.title", { shop })}</h1>
      <time dateTime={now}>{chinaTime(new Date(now))}</time>
    </header>
  );
}
