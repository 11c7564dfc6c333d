import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { type BackupSource, call, commands } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { dateTime } from "~/kit/i18n/words.ts";
import rowStyle from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import styles from "../backups/Backups.module.css";
import { backupsQuery } from "../backups/queries.ts";
import { RestoreDialog } from "../backups/RestoreDialog.tsx";
import { reasonText } from "../backups/words.ts";
import start from "./Start.module.css";

/** Before the desk is open: its backups, for who can't open it, or begins on a new computer. */
export function RestoreAtStart() {
  const { t } = useTranslation();
  const id = useId();
  const [isShown, setShown] = useState(false);
  const [restoring, setRestoring] = useState<{ source: BackupSource; name: string } | null>(null);
  const backups = useQuery({ ...backupsQuery, enabled: isShown });
  const choosing = useSubmit(async () => {
    const name = await call(commands.backupChoose());
    if (name !== null) setRestoring({ source: { from: "chosen" }, name });
  });
  if (!isShown) {
    return (
      <div className={start.submit}>
        <Button variant="quiet" onPress={() => setShown(true)}>
          {t("backups.start.show")}
        </Button>
      </div>
    );
  }
  const whole = backups.data?.filter((row) => row.problem === null) ?? [];
  return (
    <section className={stack.by12} aria-labelledby={id}>
      <h2 id={id} className={rowStyle.heading}>
        {t("backups.start.title")}
      </h2>
      <p>{whole.length > 0 ? t("backups.start.lead") : t("backups.start.none")}</p>
      <ul className={`${stack.by8} ${styles.list}`}>
        {whole.slice(0, 8).map((row) => (
          <li key={row.path}>
            <Button
              onPress={() =>
                setRestoring({ source: { from: "listed", place: row.place, name: row.name }, name: row.name })
              }
            >
              {t("backups.start.one", { when: dateTime(row.made_at ?? 0), reason: reasonText(row.reason) })}
            </Button>
          </li>
        ))}
      </ul>
      <ErrorLine error={choosing.failed ?? backups.error} />
      <div className={start.submit}>
        <Button isDisabled={choosing.isPending} onPress={() => void choosing.submit()}>
          {t("backups.fromFile")}
        </Button>
      </div>
      {restoring && <RestoreDialog {...restoring} onClose={() => setRestoring(null)} />}
    </section>
  );
}
