import { Plus, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { type BulkChange, commandError, type FieldSchema, type RecordKind } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { choiceLabel, fieldLabel } from "~/kit/i18n/words.ts";
import { FieldInput } from "~/records/fields/FieldInput.tsx";
import { LabelField } from "~/records/fields/LabelField.tsx";
import { type FormValues, fromForm, toForm } from "~/records/fields/values.ts";
import { showProblems } from "~/records/forms/formErrors.ts";
import { useFields } from "~/session/session.ts";
import styles from "./Bulk.module.css";
import { APPROVAL, type BulkWhat, type Drafted, LABELS_ADD, LABELS_REMOVE, useChoices } from "./changes.ts";

type Props = {
  kind: RecordKind;
  drafts: Drafted[];
  onChange: (drafts: (before: Drafted[]) => Drafted[]) => void;
  error: unknown;
};

/** Which fields change, and the new value of each: a row for every one of them. */
export function ChangeFields({ kind, drafts, onChange, error }: Props) {
  const { t } = useTranslation();
  const add = useRef<HTMLButtonElement>(null);
  const choices = useChoices(kind);
  const taken = drafts.flatMap(({ what }) => (what === null ? [] : [what]));
  const replace = (id: number, next: Partial<Drafted>) =>
    onChange((before) => before.map((draft) => (draft.id === id ? { ...draft, ...next } : draft)));
  return (
    <div className={styles.rows}>
      {drafts.map(({ id, what }, at) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't stand in a grid.
        <div key={id} className={styles.row} role="group" aria-label={t("bulk.change", { count: at + 1 })}>
          <Select
            label={t("bulk.field")}
            choices={choices.filter((choice) => choice.id === what || !taken.includes(choice.id))}
            value={what}
            onChange={(next) => replace(id, { what: next, change: next === APPROVAL ? { change: "approve" } : null })}
            autoFocus={what === null}
          />
          <div className={styles.value}>
            {what !== null && (
              <NewValue
                key={what}
                kind={kind}
                what={what}
                onChange={(change) => replace(id, { change })}
                error={error}
                autoFocus={what === LABELS_ADD || what === LABELS_REMOVE}
              />
            )}
          </div>
          <div className={styles.drop}>
            {drafts.length > 1 && (
              <IconButton
                label={t("bulk.drop")}
                icon={X}
                size="small"
                onPress={() => {
                  onChange((before) => before.filter((draft) => draft.id !== id));
                  add.current?.focus();
                }}
              />
            )}
          </div>
        </div>
      ))}
      <div className={styles.add}>
        <Button
          variant="quiet"
          icon={Plus}
          ref={add}
          isDisabled={drafts.some(({ what }) => what === null) || taken.length === choices.length}
          onPress={() => onChange((before) => [...before, { id: nextId(before), what: null, change: null }])}
        >
          {t("bulk.another")}
        </Button>
      </div>
    </div>
  );
}

function nextId(drafts: Drafted[]): number {
  return Math.max(0, ...drafts.map(({ id }) => id)) + 1;
}

type ValueProps = {
  kind: RecordKind;
  what: BulkWhat;
  onChange: (change: BulkChange | null) => void;
  error: unknown;
  autoFocus: boolean;
};

function NewValue({ kind, what, onChange, error, autoFocus }: ValueProps) {
  const field = useFields(kind).find(({ key }) => key === what);
  if (what === APPROVAL) return <p className={styles.fixed}>{choiceLabel("approval", "approved")}</p>;
  if (what === LABELS_ADD || what === LABELS_REMOVE)
    return <LabelChange what={what} onChange={onChange} autoFocus={autoFocus} />;
  return field && <FieldChange kind={kind} field={field} onChange={onChange} error={error} />;
}

/** The new value of a field, or that it is taken away. */
function FieldChange({
  kind,
  field,
  onChange,
  error,
}: Omit<ValueProps, "what" | "autoFocus"> & { field: FieldSchema }) {
  const { t } = useTranslation();
  const { key } = field;
  const isFlag = field.field_type.type === "flag";
  const [clear, setClear] = useState(false);
  const { control, setError } = useForm<FormValues>({ defaultValues: { [key]: toForm(field, null) } });
  const typed = useWatch({ control, name: key });
  const [flag, setFlag] = useState<string | null>(null);
  const given = isFlag ? (flag === null ? null : flag === "yes") : fromForm(field, typed);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    if (clear) tell.current({ change: "clear", field: key });
    else tell.current(given === null ? null : { change: "set", field: key, value: given });
  }, [clear, key, given]);
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
            label={t("bulk.value")}
            choices={[
              { id: "yes", label: t("common.yes") },
              { id: "no", label: t("common.no") },
            ]}
            value={flag}
            onChange={setFlag}
          />
        ) : (
          <FieldInput kind={kind} field={field} control={control} label={t("bulk.value")} />
        ))}
      {mayBeEmpty && !field.required && (
        <Checkbox isSelected={clear} onChange={setClear}>
          {t("bulk.clear", { field: fieldLabel(kind, key) })}
        </Checkbox>
      )}
    </>
  );
}

/** Which labels are given, or taken away. */
function LabelChange({ what, onChange, autoFocus }: Pick<ValueProps, "what" | "onChange" | "autoFocus">) {
  const { t } = useTranslation();
  const [labels, setLabels] = useState<string[]>([]);
  return (
    <LabelField
      label={t("labels.title")}
      hint={t("common.listHint")}
      value={labels}
      onChange={(next) => {
        setLabels(next);
        const change = what === LABELS_ADD ? "add_labels" : "remove_labels";
        onChange(next.length === 0 ? null : { change, labels: next });
      }}
      autoFocus={autoFocus}
    />
  );
}
