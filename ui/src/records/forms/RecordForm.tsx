import { useRef } from "react";
import type { Control } from "react-hook-form";
import type { FieldSchema, RecordKind } from "~/ipc";
import { FieldInput } from "../fields/FieldInput.tsx";
import { byGroup, groupHeading } from "../fields/groups.ts";
import styles from "../fields/Record.module.css";
import type { FormValues } from "../fields/values.ts";
import { arranged } from "./foremost.ts";
import { MoreFields } from "./MoreFields.tsx";
import { NewcomerInput } from "./NewcomerInput.tsx";

type Props = {
  kind: RecordKind;
  fields: FieldSchema[];
  control: Control<FormValues>;
  /** Fields that have a value when the form opens; they are shown. */
  filled?: readonly string[];
  /** The field the form is opened for: it is shown, and has the focus. */
  focus?: string | undefined;
};

/** The fields of a form, made from the registry. Rust judges the values; what is wrong stands at its field. */
export function RecordForm({ kind, fields, control, filled, focus }: Props) {
  // What is filled in while the form is open does not move.
  const atFirst = useRef(filled);
  const { foremost, shown, more } = arranged(kind, fields, atFirst.current, focus);
  const required = fields.filter(({ required }) => required);
  const first =
    fields.find(({ key }) => key === focus) ??
    foremost[0] ??
    required.find(({ group }) => group === "name") ??
    required[0] ??
    fields[0];
  const input = (field: FieldSchema) => <Input key={field.key} {...{ kind, field, control }} first={first} />;
  // With few fields, what is asked first needs no headings below it.
  const isPlain = foremost.length > 0 && more.length === 0;
  return (
    <div className={styles.form}>
      {foremost.length > 0 && (
        <div className={styles.fields}>
          {foremost.map(input)}
          {isPlain && byGroup(shown).flatMap(([, members]) => members.map(input))}
        </div>
      )}
      {!isPlain &&
        byGroup(shown).map(([group, members]) => (
          <fieldset key={group} className={styles.group}>
            <legend className={styles.legend}>{groupHeading(group, members)}</legend>
            <div className={styles.fields}>{members.map(input)}</div>
          </fieldset>
        ))}
      {more.length > 0 && <MoreFields kind={kind} fields={more} control={control} input={input} />}
    </div>
  );
}

/** Long texts, people who may be new, and what a task or meeting is about have a row of their own. */
function isWide(kind: RecordKind, { key, field_type, newcomers }: FieldSchema) {
  const isSubject = key === "title" && kind !== "contact";
  return field_type.type === "long_text" || newcomers || isSubject;
}

type InputProps = {
  kind: RecordKind;
  field: FieldSchema;
  control: Control<FormValues>;
  first: FieldSchema | undefined;
};

function Input({ kind, field, control, first }: InputProps) {
  const shared = { kind, field, control, autoFocus: field === first };
  return (
    <div data-field={field.key} className={isWide(kind, field) ? styles.wide : undefined}>
      {field.newcomers ? <NewcomerInput {...shared} /> : <FieldInput {...shared} />}
    </div>
  );
}
