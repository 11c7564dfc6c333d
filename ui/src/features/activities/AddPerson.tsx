import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { commandError, type NamedPerson, PARTS } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { choiceLabel, problemText } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { ReferenceField } from "~/records/fields/ReferenceField.tsx";
import styles from "./Activities.module.css";
import type { ActivityKind } from "./kinds.ts";

const NOBODY = { first_name: "", last_name: "", email: "" };

type Props = { kind: ActivityKind; error: unknown; onAdd: (person: NamedPerson) => Promise<boolean> };

/** One more person: a contact by name, or somebody who is none yet. */
export function AddPerson({ kind, error, onAdd }: Props) {
  const { t } = useTranslation();
  const parts = PARTS[kind] ?? ["attendee"];
  const [part, setPart] = useState<string>(parts[0]);
  const [person, setPerson] = useState<typeof NOBODY | null>(null);
  const detail = error ? commandError(error) : null;
  const problems = detail?.code === "validation" ? detail.fields : [];
  const problem = (field: string) => {
    const found = problems.find((each) => each.field === field);
    return found && problemText(found.problem, found.field);
  };
  const isElsewhere = problems.some(({ field }) => !(field in NOBODY)) || problems.length === 0;
  return (
    <div className={styles.add}>
      {parts.length > 1 && (
        <Select
          label={t("activities.people.part")}
          choices={parts.map((each) => ({ id: each, label: choiceLabel("part", each) }))}
          value={part}
          onChange={setPart}
        />
      )}
      {person === null ? (
        <>
          <ReferenceField
            kind="contact"
            label={t("activities.people.contact")}
            value={null}
            onChange={(contact) => contact && void onAdd({ place: part, contact, person: {} })}
          />
          <Button size="small" variant="quiet" icon={UserPlus} onPress={() => setPerson(NOBODY)}>
            {t("activities.people.new")}
          </Button>
        </>
      ) : (
        <form
          className={stack.by12}
          noValidate
          onSubmit={async (event) => {
            event.preventDefault();
            if (await onAdd({ place: part, contact: null, person })) setPerson(null);
          }}
        >
          {(["first_name", "last_name", "email"] as const).map((field, n) => (
            <TextField
              key={field}
              label={t(`fields.contact.${field}`)}
              value={person[field]}
              onChange={(text) => setPerson({ ...person, [field]: text })}
              error={problem(field)}
              validationBehavior="aria"
              isRequired
              autoFocus={n === 0}
            />
          ))}
          <div className={row.end}>
            <Button size="small" variant="quiet" onPress={() => setPerson(null)}>
              {t("common.cancel")}
            </Button>
            <Button size="small" variant="primary" type="submit">
              {t("activities.people.add")}
            </Button>
          </div>
        </form>
      )}
      <ErrorLine error={isElsewhere ? error : null} />
    </div>
  );
}
