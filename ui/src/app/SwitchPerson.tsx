import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { personName, staffQuery } from "~/features/staff/kind.ts";
import { UnlockForm } from "~/features/start/Unlock.tsx";
import type { StaffMember } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { Button } from "~/kit/components/Button.tsx";
import { Dialog } from "~/kit/components/Dialog.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import styles from "./Person.module.css";

const roleOf = (person: StaffMember) => person.own_role?.name ?? choiceLabel("role", person.role);

/** Somebody else comes: who of those with a passcode on this computer, then their passcode. */
export default function SwitchPerson({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const staff = useQuery(staffQuery);
  const [chosen, setChosen] = useState<StaffMember | null>(null);
  const people = staff.data?.filter((person) => person.passcode && !person.deactivated);
  return (
    <Dialog isOpen title={t("shell.person.switchTitle")} onClose={onClose}>
      {chosen ? (
        <div className={stack.by12}>
          <Person person={chosen} />
          <p>{t("shell.person.switchLead")}</p>
          <UnlockForm
            key={chosen.id}
            person={chosen.id}
            label={t("shell.person.passcode")}
            wrong={t("shell.person.wrong", { name: personName(chosen) })}
            act={t("shell.person.switchAct")}
            isMain
            onDone={onClose}
            extra={
              <>
                <Button onPress={() => setChosen(null)}>{t("shell.person.another")}</Button>
                <Button variant="quiet" onPress={onClose}>
                  {t("common.cancel")}
                </Button>
              </>
            }
          />
        </div>
      ) : (
        <div className={stack.by12}>
          <p>{t("shell.person.choose")}</p>
          {staff.error ? (
            <ErrorState error={staff.error} onRetry={() => void staff.refetch()} />
          ) : people === undefined ? (
            <Skeleton lines={3} />
          ) : (
            <ul className={styles.people} aria-label={t("shell.person.people")}>
              {people.map((person, at) => (
                <li key={person.id}>
                  <AriaButton className={styles.choice ?? ""} onPress={() => setChosen(person)} autoFocus={at === 0}>
                    <Person person={person} />
                  </AriaButton>
                </li>
              ))}
            </ul>
          )}
          <div className={styles.foot}>
            <Button onPress={onClose}>{t("common.cancel")}</Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function Person({ person }: { person: StaffMember }) {
  const { t } = useTranslation();
  const name = personName(person);
  return (
    <span className={styles.who}>
      <Avatar name={name} size={32} />
      <span className={stack.words}>
        <span className={styles.name}>{name}</span>
        <span className={styles.note}>
          {person.me ? t("shell.person.you", { role: roleOf(person) }) : roleOf(person)}
        </span>
      </span>
    </span>
  );
}
