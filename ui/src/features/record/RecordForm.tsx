import type { FormEvent } from "react";
import type { Control } from "react-hook-form";
import { groupLabel } from "~/i18n/words.ts";
import type { FieldSchema, RecordKind } from "~/ipc";
import { FieldInput } from "./FieldInput.tsx";
import { byGroup } from "./groups.ts";
import { NewcomerInput } from "./NewcomerInput.tsx";
import styles from "./Record.module.css";
import type { FormValues } from "./values.ts";

type Props = {
  id: string;
  kind: RecordKind;
  fields: FieldSchema[];
  control: Control<FormValues>;
  onSubmit: (event: FormEvent) => void;
};

function Input(props: { kind: RecordKind; field: FieldSchema; control: Control<FormValues>; autoFocus: boolean }) {
  return props.field.newcomers ? <NewcomerInput {...props} /> : <FieldInput {...props} />;
}

/** A form made from the field registry. Rust judges the values; what is wrong stands at its field. */
export function RecordForm({ id, kind, fields, control, onSubmit }: Props) {
  const first = fields.find((field) => field.required) ?? fields[0];
  return (
    <form id={id} className={styles.form} onSubmit={onSubmit} noValidate>
      {byGroup(fields).map(([group, members]) => (
        <fieldset key={group} className={styles.group}>
          <legend className={styles.legend}>{groupLabel(group)}</legend>
          <div className={styles.fields}>
            {members.map((field) => (
              <div
                key={field.key}
                className={field.field_type.type === "long_text" || field.newcomers ? styles.wide : undefined}
              >
                <Input kind={kind} field={field} control={control} autoFocus={field === first} />
              </div>
            ))}
          </div>
        </fieldset>
      ))}
    </form>
  );
}
