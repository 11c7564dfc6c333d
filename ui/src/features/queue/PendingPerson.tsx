import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListRow } from "~/grid/useResultSet.ts";
import { Notes } from "../notes/Notes.tsx";
import { ContactCard } from "../profile/ContactCard.tsx";
import { EmployerMatch } from "./EmployerMatch.tsx";
import { Likenesses } from "./Likenesses.tsx";
import styles from "./Queue.module.css";

const SETTLE_MS = 70;

/** The person the keyboard stands on, with the evidence for a decision. Waits a moment while somebody holds j. */
export function PendingPerson({ row, canEdit }: { row: ListRow; canEdit: boolean }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(row);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(row), SETTLE_MS);
    return () => window.clearTimeout(timer);
  }, [row]);
  return (
    <aside className={styles.person} aria-label={t("queue.person", { name: shown.name })}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className={styles.personBody} tabIndex={0} aria-label={shown.name} key={shown.id}>
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
      </section>
    </aside>
  );
}
