import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Id } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { Dialog } from "~/kit/components/Dialog.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { ErrorLine, Skeleton } from "~/kit/components/States.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { RecordLink } from "~/records/pages.tsx";
import { useMay } from "~/session/session.ts";
import styles from "./Activities.module.css";
import { AddPerson } from "./AddPerson.tsx";
import type { ActivityKind } from "./kinds.ts";
import { useParticipants } from "./queries.ts";
import { STATUSES, useParticipation } from "./useParticipation.ts";

type Props = { kind: ActivityKind; id: Id; name: string; onClose: () => void };

/** Who takes part: contacts by name, or somebody new, who becomes a contact. */
export default function People({ kind, id, name, onClose }: Props) {
  const { t } = useTranslation();
  const may = useMay()("edit_contacts");
  const people = useParticipants(kind, id);
  const { error, add, remove, setStatus } = useParticipation(kind, id, name);
  return (
    <Dialog
      title={t("activities.people.of", { name })}
      isOpen
      onClose={onClose}
      size="medium"
      footer={<Button onPress={onClose}>{t("common.close")}</Button>}
    >
      <div className={stack.by12}>
        {!people.data && <Skeleton lines={3} />}
        {people.data?.length === 0 && <p className={styles.quiet}>{t("activities.people.none")}</p>}
        <ul className={stack.by8}>
          {people.data?.map((participant) => (
            <li key={participant.id} className={row.center}>
              <Avatar name={participant.name} />
              <span className={stack.words}>
                <RecordLink kind="contact" id={participant.contact} name={participant.name} />
                <span className={styles.quiet}>{choiceLabel("part", participant.part)}</span>
              </span>
              {may && (
                <>
                  <Select
                    label={t("activities.people.statusOf", { name: participant.name })}
                    hideLabel
                    choices={STATUSES.map((status) => ({ id: status, label: choiceLabel("status", status) }))}
                    value={participant.status || null}
                    onChange={(status) => void setStatus(participant, status)}
                  />
                  <IconButton
                    label={t("activities.people.remove", { name: participant.name })}
                    icon={X}
                    size="small"
                    onPress={() => void remove(participant)}
                  />
                </>
              )}
            </li>
          ))}
        </ul>
        {may && people.data && <AddPerson key={people.data.length} kind={kind} error={error} onAdd={add} />}
        {!may && <ErrorLine error={error} />}
      </div>
    </Dialog>
  );
}
