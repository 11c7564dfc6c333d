import type { Control } from "react-hook-form";
import type { FieldSchema, RecordKind } from "~/ipc";
import { groupLabel } from "~/kit/i18n/words.ts";
import { FieldInput } from "../fields/FieldInput.tsx";
import { byGroup } from "../fields/groups.ts";
import styles from "../fields/Record.module.css";
import type { FormValues } from "../fields/values.ts";
import { NewcomerInput } from "./NewcomerInput.tsx";

type Props = {
  kind: RecordKind;
  fields: FieldSchema[];
  control: Control<FormValues>;
};

function Input(props: { kind: RecordKind; field: FieldSchema; control: Control<FormValues>; autoFocus: boolean }) {
  return props.field.newcomers ? <NewcomerInput {...props} /> : <FieldInput {...props} />;
}

/** The fields of a form, made from the registry. Rust judges the values; what is wrong stands at its field. */
export function RecordForm({ kind, fields, control }: Props) {
  const first = fields.find((field) => field.required) ?? fields[0];
  return (
    <div className={styles.form}>
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
    </div>
  );
}
