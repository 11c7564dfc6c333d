import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { CheckboxGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Condition, FieldSchema, RecordKind } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { DateField } from "~/kit/components/DateField.tsx";
import { type Choice, Select } from "~/kit/components/Select.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { fieldLabel, groupLabel, shortChoiceLabel } from "~/kit/i18n/words.ts";
import { dayOf, startOfDay } from "~/kit/i18n/zone.ts";
import text from "~/kit/layout/Text.module.css";
import { FieldMenu } from "../fields/FieldMenu.tsx";
import { byGroup } from "../fields/groups.ts";
import { countedLabels, labelKey } from "../fields/LabelChip.tsx";
import { usualFields } from "../fields/usual.ts";
import { useNames, useSuggestions } from "../references.ts";
import styles from "./Filters.module.css";
import { isComplete, isPeriod, needsValue, operatorsFor } from "./operators.ts";
import { PeriodInput } from "./PeriodInput.tsx";
import { ValuePicker } from "./ValuePicker.tsx";

type Props = {
  kind: RecordKind;
  fields: FieldSchema[];
  labels?: { [field: string]: string } | undefined;
  /** The condition to change; without it one picks a field first, unless `field` names it. */
  condition?: Condition;
  field?: string | null | undefined;
  /** How many records the list has now, in words. */
  found: ReactNode;
  /** What holds from now on; null while it says nothing. */
  onChange: (condition: Condition | null) => void;
  onDone: () => void;
};

const begun = (field: FieldSchema): Condition => ({ field: field.key, op: operatorsFor(field)[0] ?? "is", values: [] });

/** Picks a field, how to compare it, and with what. The list follows each step. */
export default function FilterEditor({ kind, fields, labels, condition, field, found, onChange, onDone }: Props) {
  const { t } = useTranslation();
  const named = fields.find(({ key }) => key === field);
  const [draft, setDraft] = useState<Condition | null>(condition ?? (named ? begun(named) : null));
  const chosen = fields.find((each) => each.key === draft?.field);
  const labelOf = (each: FieldSchema) => labels?.[each.key] ?? fieldLabel(kind, each.key, fields);
  if (!draft || !chosen) {
    return (
      <FieldMenu
        label={t("filters.field")}
        fields={byGroup(fields).flatMap(([group, members]) =>
          members.map((each) => ({ key: each.key, label: labelOf(each), section: groupLabel(group) })),
        )}
        usual={usualFields(kind)}
        onPick={(key) => {
          const picked = fields.find((each) => each.key === key);
          if (picked) setDraft(begun(picked));
        }}
      />
    );
  }
  return (
    <ConditionForm
      schema={chosen}
      label={labelOf(chosen)}
      draft={draft}
      found={found}
      onDraft={(next) => {
        setDraft(next);
        onChange(isComplete(next) ? tidied(next) : null);
      }}
      onDone={onDone}
    />
  );
}

/** Without what is no value. */
function tidied(condition: Condition): Condition {
  const values = condition.values.map((value) => value.trim()).filter((value) => value !== "");
  return { ...condition, values: needsValue(condition.op) ? values : [] };
}

type FormProps = {
  schema: FieldSchema;
  label: string;
  draft: Condition;
  found: ReactNode;
  onDraft: (draft: Condition) => void;
  onDone: () => void;
};

function ConditionForm({ schema, label, draft, found, onDraft, onDone }: FormProps) {
  const { t } = useTranslation();
  const operators = operatorsFor(schema);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The popover is inside the page's form tree at times; this form only answers for itself.
    event.stopPropagation();
    onDone();
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
      <div className={styles.foot}>
        <span className={text.total} role="status">
          {found}
        </span>
        <Button type="submit" variant="primary" size="small">
          {t("filters.done")}
        </Button>
      </div>
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
    case "list":
      return schema.key === "labels" ? (
        <Labels values={values} onValues={onValues} />
      ) : (
        <Words values={values} onValues={onValues} />
      );
    case "moment":
      return (
        <DateField
          label={t("filters.value")}
          hideLabel
          autoFocus
          value={values[0] ? dayOf(Number(values[0])) : null}
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
      return <Words values={values} onValues={onValues} />;
  }
}

type ValueProps = { values: string[]; onValues: (values: string[]) => void };

function Words({ values, onValues }: ValueProps) {
  const { t } = useTranslation();
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

function References({ kind, values, onValues }: ValueProps & { kind: RecordKind }) {
  const { t } = useTranslation();
  const nameOf = useNames(values.map((id) => ({ kind, id })));
  return (
    <ValuePicker
      label={t("filters.value")}
      values={values}
      onValues={onValues}
      nameOf={nameOf}
      useChoices={(typed) => useSuggestions(kind, typed)}
    />
  );
}

/** Labels that are in use or described. */
function useLabels(typed: string): Choice[] {
  const { data = [] } = useQuery(countedLabels);
  const wanted = labelKey(typed);
  return data.flatMap(({ name }) => (labelKey(name).includes(wanted) ? [{ id: name, label: name }] : []));
}

function Labels({ values, onValues }: ValueProps) {
  const { t } = useTranslation();
  return (
    <ValuePicker
      label={t("filters.value")}
      values={values}
      onValues={onValues}
      nameOf={(name) => name}
      useChoices={useLabels}
    />
  );
}
