import { UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import styles from "./Queue.module.css";

/** Shows only the pending contacts that may be duplicates, and says how many there are. */
export function LikelyFilter({
  count,
  isOn,
  onChange,
}: {
  count: number | undefined;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <Button
      variant={isOn ? "secondary" : "quiet"}
      icon={UsersRound}
      aria-pressed={isOn}
      aria-label={count === undefined ? t("queue.likely.filter") : t("queue.likely.filterCount", { count })}
      isDisabled={!isOn && count === 0}
      onPress={() => onChange(!isOn)}
    >
      <span className={styles.likelyWords}>{t("queue.likely.filter")}</span>
      {/* The space is for whoever hears it. */}
      {count !== undefined && " "}
      {count !== undefined && <span className={styles.likelyCount}>{t("queue.likely.count", { count })}</span>}
    </Button>
  );
}
