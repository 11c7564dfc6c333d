import { Lock } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, LIMITS, type Security } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import sections from "~/kit/layout/Sections.module.css";
import { useLock } from "~/session/lock.ts";
import { useMay } from "~/session/session.ts";
import styles from "./Security.module.css";

/** Times offered, in minutes; 0 is never. */
const OFFERED = [1, 2, 5, 10, 15, 30, 60, 120, 240, LIMITS.auto_lock_minutes, 0];

/** After how long without anybody at it the desk locks. */
export function Locking({ security }: { security: Security }) {
  const { t } = useTranslation();
  const id = useId();
  const canChange = useMay()("manage_settings");
  const lockNow = useLock();
  const [saving, setSaving] = useState(false);
  const { auto_lock_minutes: minutes, can_lock: canLock, set_by_organization: isSet } = security;
  const words = (time: number) =>
    time === 0
      ? t("security.lock.never")
      : time % 60 === 0
        ? t("security.lock.hours", { count: time / 60 })
        : t("security.lock.minutes", { count: time });
  const choose = async (time: number) => {
    setSaving(true);
    try {
      await call(commands.securitySet(time));
      toast(time === 0 ? t("security.lock.savedNever") : t("security.lock.saved", { time: words(time) }));
    } catch (thrown) {
      toastError(thrown);
    }
    setSaving(false);
  };
  const offered = OFFERED.includes(minutes) ? OFFERED : [minutes, ...OFFERED];
  return (
    <section className={sections.section} aria-labelledby={id}>
      <h2 id={id} className={sections.title}>
        {t("security.lock.title")}
      </h2>
      <div className={sections.body}>
        {canLock ? (
          <>
            <div className={styles.choice}>
              <Select
                label={t("security.lock.label")}
                hint={t(
                  isSet
                    ? "security.lock.byOrganization"
                    : minutes === 0
                      ? "security.lock.never_hint"
                      : "security.lock.hint",
                )}
                choices={offered.map((time) => ({ id: String(time), label: words(time) }))}
                value={String(minutes)}
                onChange={(time) => void choose(Number(time))}
                isDisabled={!canChange || saving || isSet}
              />
            </div>
            <Button icon={Lock} hotkey="Ctrl+Shift+L" onPress={lockNow}>
              {t("security.lock.now")}
            </Button>
          </>
        ) : (
          <p>{t("security.lock.noPasscode")}</p>
        )}
      </div>
    </section>
  );
}
