import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Scrollable } from "~/components/Scrollable.tsx";
import type { ListRow } from "~/grid/useResultSet.ts";
import { Notes } from "../notes/Notes.tsx";
import { ContactCard } from "../profile/ContactCard.tsx";
import { EmployerMatch } from "./EmployerMatch.tsx";
import { Likenesses } from "./Likenesses.tsx";
import styles from "./Queue.module.css";

const HOLDING_MS = 120;

/** The row at once after a single key; while somebody holds the key, the last one it stopped on. */
function useSettled(row: ListRow): ListRow {
  const [shown, setShown] = useState(row);
  const changedAt = useRef(0);
  const latest = useRef(row);
  latest.current = row;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same person read anew is no change.
  useEffect(() => {
    const holding = performance.now() - changedAt.current < HOLDING_MS;
    changedAt.current = performance.now();
    if (!holding) {
      setShown(latest.current);
      return;
    }
    const timer = window.setTimeout(() => setShown(latest.current), HOLDING_MS);
    return () => window.clearTimeout(timer);
  }, [row.id]);
  return shown;
}

/** The person the keyboard stands on, with the evidence for a decision. Waits a moment while somebody holds j. */
export function PendingPerson({ row, canEdit }: { row: ListRow; canEdit: boolean }) {
  const { t } = useTranslation();
  const shown = useSettled(row);
  return (
    <aside className={styles.person} aria-label={t("queue.person", { name: shown.name })}>
      <Scrollable className={styles.personBody} label={shown.name} key={shown.id}>
        <ContactCard id={shown.id} name={shown.name}>
          {(profile) => (
            <>
              <EmployerMatch profile={profile} />
              <Likenesses profile={profile} />
            </>
          )}
        </ContactCard>
        <div className={styles.notes}>
          <h3 className={styles.heading}>{t("profile.tab.notes")}</h3>
          <Notes contact={shown.id} canEdit={canEdit} />
        </div>
      </Scrollable>
    </aside>
  );
}
