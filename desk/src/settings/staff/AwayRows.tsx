import { PlusOutlined } from "@ant-design/icons";
import { Button, DatePicker, Flex } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { chinaDay } from "@/app/china";
import { replaced } from "@/settings/sections";
import type { Away } from "@/settings/staff/people";

type Shown = { away: Away[]; of: string; change: (away: Away[]) => void };

/** On which days somebody does not work, the first and the last included; cleared, a row is gone. */
export function AwayRows({ away, of, change }: Shown) {
  const { t } = useTranslation();
  const today = chinaDay(new Date());
  return (
    <Flex vertical gap="small" align="flex-start" role="group" aria-label={t("staff.awayOf", { who: of })}>
      {away.map(({ from, to }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: times away have no names, and stand where they stand
        <Flex key={at}>
          <DatePicker.RangePicker
            placeholder={[t("hours.from"), t("hours.to")]}
            value={[dayjs(from), dayjs(to)]}
            onChange={(_, [first, last]) =>
              change(replaced(away, at, first && last ? { from: first, to: last } : null))
            }
          />
        </Flex>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => change([...away, { from: today, to: today }])}>
        {t("staff.addAway")}
      </Button>
    </Flex>
  );
}
