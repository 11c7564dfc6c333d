import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Autocomplete, CheckboxGroup, Input, Menu, MenuItem, SearchField, useFilter } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Condition, FieldSchema, RecordKind } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { DateField, startOfDay } from "~/kit/components/DateField.tsx";
import field from "~/kit/components/Field.module.css";
import menu from "~/kit/components/Menu.module.css";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { fieldLabel, shortChoiceLabel } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { ReferenceField } from "../fields/ReferenceField.tsx";
import { useNames } from "../references.ts";
import styles from "./Filters.module.css";
import { isComplete, isPeriod, needsValue, operatorsFor } from "./operators.ts";
import { PeriodInput } from "./PeriodInput.tsx";

type Props = {
  kind: RecordKind;
  fields: FieldSchema[];
  labels?: { [field: string]: string } | undefined;
  /** The condition to change; without it one picks a field first. */
  condition?: Condition;
  onDone: (condition: Condition) => void;
};

/** Picks a field, how to compare it, and with what. */
export default function FilterEditor({ kind, fields, labels, condition, onDone }: Props) {
  const [draft, setDraft] = useState<Condition | null>(condition ?? null);
  const chosen = fields.find((each) => each.key === draft?.field);
  if (!draft || !chosen) {
    return (
      <FieldPicker
        kind={kind}
        fields={fields}
        labels={labels}
        onPick={(picked) => setDraft({ field: picked.key, op: operatorsFor(picked)[0] ?? "is", values: [] })}
      />
    );
  }
  return (
    <ConditionForm
      kind={kind}
      schema={chosen}
      label={labels?.[chosen.key] ?? fieldLabel(kind, chosen.key, fields)}
      draft={draft}
      onDraft={setDraft}
      onDone={onDone}
    />
  );
}

function FieldPicker({
  kind,
  fields,
  labels,
  onPick,
}: {
  kind: RecordKind;
  fields: FieldSchema[];
  labels: Props["labels"];
  onPick: (field: FieldSchema) => void;
}) {
  const { t } = useTranslation();
  const { contains } = useFilter({ sensitivity: "base" });
  return (
    <Autocomplete filter={contains}>
      <SearchField className={styles.find ?? ""} aria-label={t("filters.searchFields")} autoFocus>
        <Input className={field.input ?? ""} placeholder={t("filters.searchFields")} />
      </SearchField>
      <Scrollable className={styles.fieldList} label={t("filters.field")}>
        <Menu
          className={menu.menu ?? ""}
          aria-label={t("filters.field")}
          items={fields.map((each) => ({
            id: each.key,
            each,
            label: labels?.[each.key] ?? fieldLabel(kind, each.key, fields),
          }))}
          renderEmptyState={() => <div className={menu.empty}>{t("common.noMatch")}</div>}
          shouldCloseOnSelect={false}
        >
          {(item) => (
            <MenuItem className={`${row.item} ${menu.item}`} textValue={item.label} onAction={() => onPick(item.each)}>
              {item.label}
            </MenuItem>
          )}
        </Menu>
      </Scrollable>
    </Autocomplete>
  );
}

type FormProps = {
  kind: RecordKind;
  schema: FieldSchema;
  label: string;
  draft: Condition;
  onDraft: (draft: Condition) => void;
  onDone: (condition: Condition) => void;
};

function ConditionForm({ schema, label, draft, onDraft, onDone }: FormProps) {
  const { t } = useTranslation();
  const operators = operatorsFor(schema);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The popover is inside the page's form tree at times; this form only answers for itself.
    event.stopPropagation();
    if (isComplete(draft))
      onDone({
        ...draft,
        values: needsValue(draft.op) ? draft.values.map((value) => value.trim()).filter((value) => value !== "") : [],
      });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.formTitle}>{label}</p>
      <Select
        label={t("filters.operator")}
        hideLabel
        choices={operators.map((op) => ({ id: op, label: t(`filters.op.${op}`) }))}
        value={draft.op}
        onChange={(chosen) => {
          const op = chosen as Condition["op"];
          // A day is no span of time, and the other way round.
          onDraft({ ...draft, op, values: isPeriod(op) === isPeriod(draft.op) ? draft.values : [] });
        }}
      />
      {isPeriod(draft.op) && (
        <PeriodInput value={draft.values[0] ?? ""} onValue={(value) => onDraft({ ...draft, values: [value] })} />
      )}
      {needsValue(draft.op) && !isPeriod(draft.op) && (
        <Value schema={schema} values={draft.values} onValues={(values) => onDraft({ ...draft, values })} />
      )}
      <Button type="submit" variant="primary" isDisabled={!isComplete(draft)}>
        {t("filters.apply")}
      </Button>
    </form>
  );
}

function Value({
  schema,
  values,
  onValues,
}: {
  schema: FieldSchema;
  values: string[];
  onValues: (values: string[]) => void;
}) {
  const { t } = useTranslation();
  const type = schema.field_type;
  switch (type.type) {
    case "choice":
    case "flag": {
      const choices = type.type === "flag" ? ["true", "false"] : type.choices;
      const word = (choice: string) =>
        type.type === "flag" ? t(choice === "true" ? "common.yes" : "common.no") : shortChoiceLabel(schema.key, choice);
      return (
        <CheckboxGroup
          aria-label={t("filters.values")}
          value={values}
          onChange={onValues}
          className={styles.choices ?? ""}
        >
          {choices.map((choice, n) => (
            <Checkbox key={choice} value={choice} autoFocus={n === 0}>
              {word(choice)}
            </Checkbox>
          ))}
        </CheckboxGroup>
      );
    }
    case "reference":
      return <References kind={type.kind} values={values} onValues={onValues} />;
    case "moment":
      return (
        <DateField
          label={t("filters.value")}
          hideLabel
          autoFocus
          value={values[0] ? new Date(Number(values[0])).toLocaleDateString("sv") : null}
          onChange={(day) => onValues(day ? [String(startOfDay(day))] : [])}
        />
      );
    case "date":
      return (
        <DateField
          label={t("filters.value")}
          hideLabel
          autoFocus
          value={values[0] ?? null}
          onChange={(day) => onValues(day ? [day] : [])}
        />
      );
    default:
      return (
        <TextField
          label={t("filters.value")}
          hideLabel
          autoFocus
          value={values[0] ?? ""}
          onChange={(text) => onValues([text])}
          autoComplete="off"
        />
      );
  }
}

function References({
  kind,
  values,
  onValues,
}: {
  kind: RecordKind;
  values: string[];
  onValues: (values: string[]) => void;
}) {
  const { t } = useTranslation();
  const nameOf = useNames(values.map((id) => ({ kind, id })));
  return (
    <div className={stack.by4}>
      {values.map((id) => (
        <div key={id} className={styles.reference}>
          <span>{nameOf(id) ?? ""}</span>
          <IconButton
            label={t("common.remove", { name: nameOf(id) ?? "" })}
            icon={X}
            size="small"
            onPress={() => onValues(values.filter((other) => other !== id))}
          />
        </div>
      ))}
      <ReferenceField
        key={values.length}
        kind={kind}
        label={t("filters.value")}
        hideLabel
        value={null}
        autoFocus
        onChange={(id) => {
          if (id && !values.includes(id)) onValues([...values, id]);
        }}
      />
    </div>
  );
}
