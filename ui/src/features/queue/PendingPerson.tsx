import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id } from "~/ipc";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import frame from "~/kit/layout/Frame.module.css";
import type { ListRow } from "~/records/query/useResultSet.ts";
import { Notes } from "../notes/Notes.tsx";
import { ContactCard } from "../profile/ContactCard.tsx";
import { EmployerMatch } from "./EmployerMatch.tsx";
import { LikelyDuplicates } from "./LikelyDuplicates.tsx";
import { PersonEvidence } from "./PersonEvidence.tsx";
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

type Props = {
  row: ListRow;
  canEdit: boolean;
  /** Counts up when the person wants to write a note. */
  writing: number;
  /** Approves into a contact that is there; undefined where the person may not. */
  onInto: ((pending: Id, into: Id) => void) | undefined;
  /** Esc: back to the list. */
  onLeave: () => void;
};

/** The person the keyboard stands on, with the evidence for a decision. Waits a moment while somebody holds j. */
export function PendingPerson({ row, canEdit, writing, onInto, onLeave }: Props) {
  const { t } = useTranslation();
  const shown = useSettled(row);
  return (
    <aside
      className={`${frame.side} ${styles.person}`}
      aria-label={t("queue.person", { name: shown.name })}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onLeave();
      }}
    >
      <Evidence key={shown.id} row={shown} canEdit={canEdit} writing={writing} onInto={onInto} />
    </aside>
  );
}

function Evidence({ row, canEdit, writing, onInto }: Omit<Props, "onLeave">) {
  const { t } = useTranslation();
  // Asked for before this person came: it was meant for somebody else.
  const before = useRef(writing);
  return (
    <Scrollable className={styles.personBody} label={row.name}>
      <ContactCard id={row.id} name={row.name}>
        {(profile) => (
          <>
            <EmployerMatch profile={profile} />
            <PersonEvidence id={profile.id} />
            <LikelyDuplicates profile={profile} onInto={onInto && ((into) => onInto(profile.id, into))} />
          </>
        )}
      </ContactCard>
      <div className={styles.notes}>
        <h3 className={styles.heading}>{t("profile.tab.notes")}</h3>
        <Notes about={{ kind: "contact", id: row.id }} canEdit={canEdit} writing={writing - before.current} />
      </div>
    </Scrollable>
  );
}
