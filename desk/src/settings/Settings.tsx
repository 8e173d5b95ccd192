import { Flex, Skeleton, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useMe } from "@/session/useMe";
import { PAGES } from "@/settings/pages";
import { SectionForm } from "@/settings/SectionForm";
import { SettingsList } from "@/settings/SettingsList";
import { useSettings } from "@/settings/useSettings";
import { Refused } from "@/shell/Refused";
import "@/settings/settings.css";

/** What the shop has set up: the sections at the side, the one of the address beside them. */
export function Settings() {
  const { t } = useTranslation();
  const { section = "ship-hold" } = useParams();
  const merchant = useMe().data?.merchant ?? "";
  const { sections, set } = useSettings(merchant);
  if (!sections.data) return sections.error ? <Refused by={sections.error as never} /> : <Skeleton active />;
  const shown = sections.data.items.find((one) => one.section === section);
  const Page = section in PAGES ? PAGES[section as keyof typeof PAGES].Page : null;
  const mine = set.variables?.section === section;
  return (
    <Flex gap="large" className="settings" wrap>
      <SettingsList sections={sections.data.items} />
      <div className="settings-page">
        {shown && (
          <SectionForm
            key={shown.section}
            section={shown}
            refused={mine ? set.error : null}
            saved={mine && set.isSuccess}
            busy={set.isPending}
            save={(value) => set.mutate({ section: shown.section, value })}
          />
        )}
        {Page && <Page merchant={merchant} />}
        {!shown && !Page && <Typography.Text>{t("shell.notHere")}</Typography.Text>}
      </div>
    </Flex>
  );
}
