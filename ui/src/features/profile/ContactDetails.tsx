import { Pencil } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile, FieldGroup, FieldSchema, FieldValue } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { Columns } from "~/kit/components/Columns.tsx";
import { CopyButton } from "~/kit/components/CopyButton.tsx";
import { fieldLabel, groupLabel } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import { isNothing } from "~/records/fields/edits.ts";
import { FieldValueView } from "~/records/fields/FieldGroups.tsx";
import { byGroup } from "~/records/fields/groups.ts";
import { useNames } from "~/records/references.ts";
import { useFields, useMay } from "~/session/session.ts";
import { addressLines } from "./address.ts";
import styles from "./Details.module.css";
import { MissingFields } from "./MissingFields.tsx";

const EditRecord = lazy(() => import("~/records/forms/EditRecord.tsx"));

/** What header, chips and source line say already. */
const SAID = [
  "approval",
  "access",
  "source",
  "added_by",
  "added_by_user",
  "added_by_student",
  "created_at",
  "pronouns",
];
/** In the header; they stand here only beside other parts of the name. */
const NAME = ["first_name", "last_name"];
/** What one wants to have elsewhere: in a mail, a phone, a browser. */
const COPIED = ["email", "phone", "url"];

/** Everything known about a contact, to read: one group beside the other, empty ones left out, each with its pencil. */
export function ContactDetails({ record }: { record: ContactProfile }) {
  const { t } = useTranslation();
  const may = useMay();
  const fields = useFields("contact");
  const [editing, setEditing] = useState<FieldGroup | null>(null);
  const { values } = record;
  const filled = fields.filter(({ key }) => !SAID.includes(key) && !isNothing(values[key] ?? null));
  const groups = byGroup(filled).filter(
    ([group, members]) => group !== "name" || members.some(({ key }) => !NAME.includes(key)),
  );
  const nameOf = useNames(
    filled.flatMap(({ key, field_type }) =>
      field_type.type === "reference" ? [{ kind: field_type.kind, id: String(values[key]) }] : [],
    ),
  );
  const canEdit = may("edit_contacts") && !record.frozen && !record.deleted;
  return (
    <div>
      <Columns
        parts={groups.map(([group, members]) => ({
          key: group,
          lines: members.length + 2,
          content: (
            <Group
              group={group}
              onEdit={canEdit && members.some(({ editable }) => editable) ? () => setEditing(group) : undefined}
            >
              {group === "address" || group === "home_address" ? (
                <Address group={group} values={values} />
              ) : (
                <dl className={styles.list}>
                  {members.map((field) => (
                    <Line
                      key={field.key}
                      field={field}
                      fields={fields}
                      value={values[field.key] ?? null}
                      nameOf={nameOf}
                    />
                  ))}
                </dl>
              )}
            </Group>
          ),
        }))}
      />
      {canEdit && <MissingFields record={record} />}
      <Suspense>
        {editing && (
          <EditRecord
            kind="contact"
            record={record}
            omit={fields.filter((field) => field.group !== editing).map(({ key }) => key)}
            onClose={() => setEditing(null)}
          />
        )}
      </Suspense>
      {groups.length === 0 && <p className={styles.nothing}>{t("common.empty")}</p>}
    </div>
  );
}

function Group({
  group,
  onEdit,
  children,
}: {
  group: FieldGroup;
  onEdit: (() => void) | undefined;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const label = groupLabel(group);
  return (
    <section aria-label={label}>
      <header className={`${row.between} ${styles.head}`}>
        <h2 className={styles.heading}>{label}</h2>
        {onEdit && (
          <span className={styles.quiet}>
            <IconButton label={t("card.editGroup", { group: label })} icon={Pencil} size="small" onPress={onEdit} />
          </span>
        )}
      </header>
      {children}
    </section>
  );
}

type LineProps = {
  field: FieldSchema;
  fields: FieldSchema[];
  value: FieldValue;
  nameOf: (id: string) => string | undefined;
};

function Line({ field, fields, value, nameOf }: LineProps) {
  const label = fieldLabel("contact", field.key, fields);
  return (
    <div className={styles.line}>
      <dt>{label}</dt>
      <dd>
        <span className={styles.value}>
          <FieldValueView field={field} value={value} nameOf={nameOf} />
        </span>
        {COPIED.includes(field.field_type.type) && (
          <span className={styles.quiet}>
            <CopyButton text={String(value)} what={label} />
          </span>
        )}
      </dd>
    </div>
  );
}

/** An address as it stands on an envelope. */
function Address({
  group,
  values,
}: {
  group: "address" | "home_address";
  values: { [field: string]: FieldValue | undefined };
}) {
  const lines = addressLines(values, group === "home_address" ? "home_" : "");
  return (
    <div className={styles.address}>
      <p className={styles.value}>{lines.join("\n")}</p>
      <span className={styles.quiet}>
        <CopyButton text={lines.join("\n")} what={groupLabel(group)} />
      </span>
    </div>
  );
}
