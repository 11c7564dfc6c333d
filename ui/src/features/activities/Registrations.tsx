import { UserPlus, X } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListQuery, Participant, RecordDetail } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { Breakable } from "~/kit/components/Breakable.tsx";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { Dialog } from "~/kit/components/Dialog.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { EmptyState, ErrorLine, Skeleton } from "~/kit/components/States.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { ExportMenu } from "~/records/export/ExportMenu.tsx";
import type { TabProps } from "~/records/page/RecordPage.tsx";
import { RecordLink } from "~/records/pages.tsx";
import { useResultSet } from "~/records/query/useResultSet.ts";
import { useMay } from "~/session/session.ts";
import { AddPerson } from "./AddPerson.tsx";
import { useParticipants } from "./queries.ts";
import styles from "./Registrations.module.css";
import { STATUSES, useParticipation } from "./useParticipation.ts";

/** What an exported or printed list has of each. */
const COLUMNS = ["contact", "employer", "email", "part", "status", "remark"];
const NONE: string[] = [];
const NO_LAYOUT = { shown: COLUMNS, widths: {} };

/** Who comes to an event: with employer, address and part; to add, remove, mark, export and print. */
export function Registrations({ record: { id, name } }: TabProps<RecordDetail>) {
  const { t } = useTranslation();
  const may = useMay()("edit_contacts");
  const people = useParticipants("event", id);
  const { error, add, remove, setStatus } = useParticipation("event", id, name);
  const [adding, setAdding] = useState(false);
  if (!people.data) return <Skeleton lines={4} />;
  const button = may && (
    <Button icon={UserPlus} onPress={() => setAdding(true)}>
      {t("registrations.add")}
    </Button>
  );
  return (
    <div className={stack.by12}>
      {people.data.length > 0 && (
        <div className={row.between}>
          <span>{t("registrations.total", { count: people.data.length })}</span>
          <span className={row.center}>
            {button}
            <Take event={id} />
          </span>
        </div>
      )}
      {!adding && <ErrorLine error={error} />}
      {people.data.length === 0 ? (
        <EmptyState action={button}>{t("registrations.empty.none")}</EmptyState>
      ) : (
        <Scrollable label={t("registrations.list")} className={styles.frame}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t("fields.participation.contact")}</th>
                <th scope="col">{t("fields.participation.employer")}</th>
                <th scope="col">{t("fields.participation.email")}</th>
                <th scope="col">{t("fields.participation.part")}</th>
                <th scope="col">{t("fields.participation.status")}</th>
                {may && (
                  <th scope="col">
                    <span className="visually-hidden">{t("registrations.remove")}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {people.data.map((participant) => (
                <Registration
                  key={participant.id}
                  participant={participant}
                  onStatus={may ? (status) => void setStatus(participant, status) : undefined}
                  onRemove={may ? () => void remove(participant) : undefined}
                />
              ))}
            </tbody>
          </table>
        </Scrollable>
      )}
      {adding && (
        <Dialog
          title={t("registrations.addTo", { name })}
          isOpen
          onClose={() => setAdding(false)}
          footer={<Button onPress={() => setAdding(false)}>{t("common.close")}</Button>}
        >
          <AddPerson key={people.data.length} kind="event" error={error} onAdd={add} />
        </Dialog>
      )}
    </div>
  );
}

type RowProps = {
  participant: Participant;
  onStatus: ((status: string) => void) | undefined;
  onRemove: (() => void) | undefined;
};

function Registration({ participant, onStatus, onRemove }: RowProps) {
  const { t } = useTranslation();
  const { name, contact, employer, email, part, status } = participant;
  return (
    <tr>
      <th scope="row">
        <span className={styles.person}>
          <Avatar name={name} size={20} />
          <RecordLink kind="contact" id={contact} name={name} />
        </span>
      </th>
      <td>{employer}</td>
      <td>
        <Breakable>{email}</Breakable>
      </td>
      <td>{choiceLabel("part", part)}</td>
      <td>
        {onStatus ? (
          <Select
            label={t("activities.people.statusOf", { name })}
            hideLabel
            choices={STATUSES.map((each) => ({ id: each, label: choiceLabel("status", each) }))}
            value={status || null}
            onChange={onStatus}
          />
        ) : (
          status !== "" && choiceLabel("status", status)
        )}
      </td>
      {onRemove && (
        <td>
          <IconButton label={t("activities.people.remove", { name })} icon={X} size="small" onPress={onRemove} />
        </td>
      )}
    </tr>
  );
}

/** Exports and prints the list. */
function Take({ event }: { event: string }) {
  const query = useMemo<ListQuery>(
    () => ({
      kind: "participation",
      search: "",
      filter: [{ field: "event", op: "is", values: [event] }],
      sort: [],
    }),
    [event],
  );
  const { result, total } = useResultSet(query, NONE);
  return (
    <ExportMenu
      list={{
        kind: "participation",
        search: { filter: query.filter },
        go: () => {},
        layout: NO_LAYOUT,
        onColumnChange: () => {},
        result,
        total,
      }}
      columns={COLUMNS}
      query={query}
    />
  );
}
