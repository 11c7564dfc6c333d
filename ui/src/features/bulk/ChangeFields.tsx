import { useEffect, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { type BulkChange, commandError, type FieldSchema, type RecordKind } from "~/ipc";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { fieldLabel, groupLabel } from "~/kit/i18n/words.ts";
import { FieldInput } from "~/records/fields/FieldInput.tsx";
import { byGroup } from "~/records/fields/groups.ts";
import { LabelField } from "~/records/fields/LabelField.tsx";
import { type FormValues, fromForm, toForm } from "~/records/fields/values.ts";
import { showProblems } from "~/records/forms/formErrors.ts";
import { useFields } from "~/session/session.ts";

type Props = { kind: RecordKind; onChange: (change: BulkChange | null) => void; error: unknown };

/** Which field, and its value or none. */
export function FieldChange({ kind, onChange, error }: Props) {
  const { t } = useTranslation();
  const fields = useFields(kind).filter((field) => field.bulk_editable && field.key !== "labels");
  const [key, setKey] = useState<string | null>(null);
  const field = fields.find((each) => each.key === key);
  const choices = byGroup(fields).flatMap(([group, members]) =>
    members.map((each) => ({ id: each.key, label: fieldLabel(kind, each.key, fields), note: groupLabel(group) })),
  );
  return (
    <>
      <Select
        label={t("bulk.field.label")}
        choices={choices}
        value={key}
        onChange={(next) => {
          setKey(next);
          onChange(null);
        }}
        autoFocus
      />
      {field && <ValueChange key={field.key} kind={kind} field={field} onChange={onChange} error={error} />}
    </>
  );
}

/** The new value of a field, or that it is taken away. */
function ValueChange({ kind, field, onChange, error }: Props & { field: FieldSchema }) {
  const { t } = useTranslation();
  const { key } = field;
  const isFlag = field.field_type.type === "flag";
  const [clear, setClear] = useState(false);
  const { control, setError } = useForm<FormValues>({ defaultValues: { [key]: toForm(field, null) } });
  const typed = useWatch({ control, name: key });
  const [flag, setFlag] = useState<string | null>(null);
  const given = isFlag ? (flag === null ? null : flag === "yes") : fromForm(field, typed);
  useEffect(() => {
    if (clear) onChange({ change: "clear", field: key });
    else onChange(given === null ? null : { change: "set", field: key, value: given });
  }, [clear, key, given, onChange]);
  useEffect(() => {
    if (error) showProblems(commandError(error), setError);
  }, [error, setError]);
  // What the desk always fills in, such as the visibility, is not taken away.
  const mayBeEmpty = field.attribute || (!isFlag && field.field_type.type !== "choice");
  return (
    <>
      {!clear &&
        (isFlag ? (
          <Select
            label={t("bulk.field.value")}
            choices={[
              { id: "yes", label: t("common.yes") },
              { id: "no", label: t("common.no") },
            ]}
            value={flag}
            onChange={setFlag}
          />
        ) : (
          <FieldInput kind={kind} field={field} control={control} label={t("bulk.field.value")} />
        ))}
      {mayBeEmpty && !field.required && (
        <Checkbox isSelected={clear} onChange={setClear}>
          {t("bulk.field.clear")}
        </Checkbox>
      )}
    </>
  );
}

/** Which labels are given, or taken away. */
export function LabelChange({ what, onChange }: { what: "add" | "remove"; onChange: Props["onChange"] }) {
  const { t } = useTranslation();
  const [labels, setLabels] = useState<string[]>([]);
  return (
    <LabelField
      label={t("labels.title")}
      hint={t("common.listHint")}
      value={labels}
      onChange={(next) => {
        setLabels(next);
        onChange(next.length === 0 ? null : { change: what === "add" ? "add_labels" : "remove_labels", labels: next });
      }}
      autoFocus
    />
  );
}
