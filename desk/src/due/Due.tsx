import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useNow } from "@/app/useNow";
import { dueIn } from "@/due/due";

/** When something is due, in words; red once that is past, and the moment itself on a closer look. */
export function Due({ at }: { at: string }) {
  const { t } = useTranslation();
  const { key, count, late } = dueIn(new Date(at), useNow());
  return (
    <time dateTime={at} title={dayjs(at).format("YYYY-MM-DD HH:mm")} className={late ? "due-late" : undefined}>
      {t(key, { count })}
    </time>
  );
}
