import { Eye } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Select } from "~/kit/components/Select.tsx";
import frame from "~/kit/layout/Frame.module.css";
import { ReferenceField } from "~/records/fields/ReferenceField.tsx";
import { useNames } from "~/records/references.ts";
import { WHO } from "./search.ts";
import styles from "./Viewing.module.css";
import { usePortalAs, useRole, useViewAs } from "./viewer.ts";

/** Who that is, in words for sentences. */
export function useViewerWords() {
  const { search, view } = useViewAs();
  const nameOf = useNames([
    ...(search.employer ? [{ kind: "employer" as const, id: search.employer }] : []),
    ...(search.who === "user" && search.user ? [{ kind: "employer_user" as const, id: search.user }] : []),
  ]);
  const portal = usePortalAs(view);
  const role = useRole(search.role);
  const employer = search.who === "user" ? portal?.employer_name : search.employer && nameOf(search.employer);
  return {
    employer: employer ?? "…",
    user: (search.user && nameOf(search.user)) || "…",
    role: role?.name ?? "…",
  };
}

/** Says as whom one looks, lets one choose somebody else, and leave. */
export function Banner({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const { search, view, change } = useViewAs();
  const words = useViewerWords();
  const { who } = search;
  useHotkeys(t("viewing.title"), [{ keys: "Escape", label: t("viewing.leave"), run: onLeave }]);
  const reference = (kind: "employer" | "employer_user" | "role", key: "employer" | "user" | "role") => (
    <ReferenceField
      key={key}
      kind={kind}
      label={t(`viewing.${key}`)}
      value={search[key] ?? null}
      onChange={(id) => change({ [key]: id ?? undefined })}
    />
  );
  return (
    <section className={`${frame.notice} ${styles.banner}`} aria-label={t("viewing.title")}>
      <Eye size={18} aria-hidden />
      <p className={styles.sentence} role="status">
        {view ? t(`viewing.banner.${view.who}`, words) : t(`viewing.choose.${who}`)}
      </p>
      <div className={styles.who}>
        <Select
          label={t("viewing.who")}
          choices={WHO.map((each) => ({ id: each, label: t(`viewing.as.${each}`) }))}
          value={who}
          onChange={(next) => change({ who: next })}
        />
        {who === "user" && reference("employer_user", "user")}
        {who === "role" && reference("role", "role")}
        {(who === "employer_user" || who === "role") && reference("employer", "employer")}
      </div>
      <Button hotkey="Escape" onPress={onLeave}>
        {t("viewing.leave")}
      </Button>
    </section>
  );
}
