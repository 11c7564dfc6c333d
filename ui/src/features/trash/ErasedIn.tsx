import { useTranslation } from "react-i18next";
import { dateTime } from "~/kit/i18n/words.ts";

const DAY = 24 * 60 * 60 * 1000;

/** When something will be erased, in days; the exact time on hover. */
export function ErasedIn({ at }: { at: number }) {
  const { t } = useTranslation();
  const days = Math.max(0, Math.ceil((at - Date.now()) / DAY));
  return (
    <time dateTime={new Date(at).toISOString()} title={dateTime(at)}>
      {t("trash.in", { count: days })}
    </time>
  );
}
