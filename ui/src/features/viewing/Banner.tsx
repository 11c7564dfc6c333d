import { Eye } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Select } from "~/kit/components/Select.tsx";
import frame from "~/kit/layout/Frame.module.css";
import { ReferenceField } from "~/records/fields/ReferenceField.tsx";
import { useNames } from "~/records/references.ts";
import type { ViewAsSearch } from "./search.ts";
import styles from "./Viewing.module.css";
import { useViewAs } from "./viewer.ts";

const WHO = ["student", "advisor", "employer_user"] as const;

/** Says as whom one looks, lets one choose somebody else, and leave. */
export function Banner({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const { search, view, change } = useViewAs();
  const employer = useNames(search.employer ? [{ kind: "employer", id: search.employer }] : [])(search.employer ?? "");
  useHotkeys(t("viewing.title"), [{ keys: "Escape", label: t("viewing.leave"), run: onLeave }]);
  return (
    <section className={`${frame.notice} ${styles.banner}`} aria-label={t("viewing.title")}>
      <Eye size={18} aria-hidden />
      <p className={styles.sentence} role="status">
        {view ? t(`viewing.banner.${view.who}`, { employer: employer ?? "…" }) : t("viewing.chooseEmployer")}
      </p>
      <div className={styles.who}>
        <Select
          label={t("viewing.who")}
          hideLabel
          choices={WHO.map((who) => ({ id: who, label: t(`viewing.${who}`) }))}
          value={search.who}
          onChange={(who) => change({ who: who as ViewAsSearch["who"] })}
        />
        {search.who === "employer_user" && (
          <ReferenceField
            kind="employer"
            label={t("viewing.employer")}
            hideLabel
            value={search.employer ?? null}
            onChange={(id) => change({ employer: id ?? undefined })}
          />
        )}
      </div>
      <Button hotkey="Escape" onPress={onLeave}>
        {t("viewing.leave")}
      </Button>
    </section>
  );
}
