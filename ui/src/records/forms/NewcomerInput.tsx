import { UserPlus, UserRoundSearch } from "lucide-react";
import { useId } from "react";
import { type Control, Controller, useController } from "react-hook-form";
import { useTranslation } from "react-i18next";
import type { FieldSchema, RecordKind } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { fieldLabel } from "~/kit/i18n/words.ts";
import { FieldInput } from "../fields/FieldInput.tsx";
import styles from "../fields/Record.module.css";
import type { FormValues } from "../fields/values.ts";
import { ASKED, asked, isNew } from "./newcomers.ts";

type Props = { kind: RecordKind; field: FieldSchema; control: Control<FormValues>; autoFocus?: boolean };

/** A field for a contact, in which somebody can be named who is none yet: by name and e-mail. */
export function NewcomerInput({ kind, field, control, autoFocus }: Props) {
  const { t } = useTranslation();
  const title = useId();
  const { field: naming } = useController({ name: isNew(field.key), control });
  if (naming.value !== true) {
    return (
      <div className={styles.newcomer}>
        <FieldInput kind={kind} field={field} control={control} {...(autoFocus ? { autoFocus } : {})} />
        <Button size="small" variant="quiet" icon={UserPlus} onPress={() => naming.onChange(true)}>
          {t("record.form.newcomer.new")}
        </Button>
      </div>
    );
  }
  return (
    <fieldset className={styles.newcomer} data-new aria-labelledby={title}>
      <p id={title} className={styles.newcomerName}>
        {t("record.form.newcomer.of", { field: fieldLabel(kind, field.key) })}
      </p>
      <div className={styles.fields}>
        {ASKED.map((what, n) => (
          <Controller
            key={what}
            name={asked(field.key, what)}
            control={control}
            render={({ field: { value, onChange, onBlur, ref, name }, fieldState }) => (
              <TextField
                label={t(`fields.contact.${what}`)}
                value={typeof value === "string" ? value : ""}
                onChange={onChange}
                onBlur={onBlur}
                name={name}
                inputRef={ref}
                error={fieldState.error?.message}
                validationBehavior="aria"
                type={what === "email" ? "email" : "text"}
                autoComplete="off"
                spellCheck="false"
                isRequired
                autoFocus={n === 0}
              />
            )}
          />
        ))}
      </div>
      <div className={styles.newcomerFoot}>
        <span>{t("record.form.newcomer.note")}</span>
        <Button size="small" variant="quiet" icon={UserRoundSearch} onPress={() => naming.onChange(false)}>
          {t("record.form.newcomer.known")}
        </Button>
      </div>
    </fieldset>
  );
}
