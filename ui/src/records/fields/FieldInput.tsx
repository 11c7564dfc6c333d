import { type Control, Controller, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import type { FieldSchema, RecordKind } from "~/ipc";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { DateField } from "~/kit/components/DateField.tsx";
import { ListField } from "~/kit/components/ListField.tsx";
import { MomentField } from "~/kit/components/MomentField.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { TextArea, TextField } from "~/kit/components/TextField.tsx";
import { choiceLabel, fieldLabel } from "~/kit/i18n/words.ts";
import { LabelField } from "./LabelField.tsx";
import { ReferenceField } from "./ReferenceField.tsx";
import type { FormValues } from "./values.ts";
import { ZoneField } from "./ZoneField.tsx";

/** Stands for no choice; no choice can be called so, for it is no text a person can type. */
const NOTHING = "\u0000";

type Props = {
  kind: RecordKind;
  field: FieldSchema;
  control: Control<FormValues>;
  autoFocus?: boolean;
  /** In place of the field's own. */
  label?: string;
};

const isContact = ({ field_type }: FieldSchema) => field_type.type === "reference" && field_type.kind === "contact";

/** Where what is to come is planned, the next days are one click away. */
const QUICK = ["task.due_on", "meeting.starts_at"];

/** The control for a field, chosen by its type in the registry. */
export function FieldInput({ kind, field, control, autoFocus, label: words }: Props) {
  const { t } = useTranslation();
  const label = words ?? fieldLabel(kind, field.key);
  const type = field.field_type;
  // Moments are told on the clock of the record's own time zone, where it has one.
  const zone = useWatch({ control, name: "time_zone", disabled: type.type !== "moment" });
  // Colleagues are likely where an employer was chosen.
  const employer = useWatch({ control, name: "employer", disabled: !isContact(field) });
  return (
    <Controller
      name={field.key}
      control={control}
      render={({ field: { value, onChange, onBlur, ref, disabled: _disabled, name }, fieldState }) => {
        const error = fieldState.error?.message;
        const text = typeof value === "string" ? value : "";
        const isQuick = QUICK.includes(`${kind}.${field.key}`);
        const shared = { label, error, name, onBlur, isRequired: field.required, autoFocus };
        switch (type.type) {
          case "long_text":
            return (
              <TextArea
                {...shared}
                validationBehavior="aria"
                value={text}
                onChange={onChange}
                inputRef={ref}
                rows={field.key === "street" ? 2 : 4}
              />
            );
          case "choice": {
            const choices = type.choices.map((choice) => ({ id: choice, label: choiceLabel(field.key, choice) }));
            // What staff define is never required: one can go back to nothing.
            if (field.attribute && text !== "") choices.unshift({ id: NOTHING, label: t("common.none") });
            return (
              <Select
                {...shared}
                validationBehavior="aria"
                choices={choices}
                value={text === "" ? null : text}
                onChange={(choice) => onChange(choice === NOTHING ? "" : choice)}
              />
            );
          }
          case "reference":
            return (
              <ReferenceField
                label={label}
                error={error}
                isRequired={field.required}
                autoFocus={autoFocus}
                near={typeof employer === "string" && employer !== "" ? { employer } : undefined}
                kind={type.kind}
                value={text === "" ? null : text}
                onChange={(id) => onChange(id ?? "")}
                canCreate
              />
            );
          case "flag":
            return (
              <Checkbox
                isSelected={value === true}
                onChange={onChange}
                onBlur={onBlur}
                name={name}
                autoFocus={autoFocus}
              >
                {label}
              </Checkbox>
            );
          case "list": {
            const List = field.key === "labels" ? LabelField : ListField;
            return (
              <List
                {...shared}
                validationBehavior="aria"
                value={Array.isArray(value) ? value : []}
                onChange={onChange}
                hint={t("common.listHint")}
                inputRef={ref}
              />
            );
          }
          case "date":
            return (
              <DateField
                label={label}
                error={error}
                isRequired={field.required}
                value={text === "" ? null : text}
                onChange={(day) => onChange(day ?? "")}
                quick={isQuick}
                autoFocus={autoFocus}
              />
            );
          case "moment":
            return (
              <MomentField
                label={label}
                error={error}
                isRequired={field.required}
                value={text === "" ? null : Number(text)}
                onChange={(at) => onChange(at === null ? "" : String(at))}
                zone={typeof zone === "string" ? zone : undefined}
                quick={isQuick}
                autoFocus={autoFocus}
              />
            );
          default:
            if (field.key === "time_zone") {
              return <ZoneField label={label} error={error} value={text} onChange={onChange} />;
            }
            return (
              <TextField
                {...shared}
                validationBehavior="aria"
                value={text}
                onChange={onChange}
                inputRef={ref}
                type={
                  type.type === "email" ? "email" : type.type === "phone" ? "tel" : type.type === "url" ? "url" : "text"
                }
                autoComplete="off"
                spellCheck={type.type === "text" ? undefined : "false"}
              />
            );
        }
      }}
    />
  );
}
