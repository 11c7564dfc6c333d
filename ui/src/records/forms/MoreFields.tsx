import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { type Control, useFormState } from "react-hook-form";
import { useTranslation } from "react-i18next";
import type { FieldSchema, RecordKind } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { isCommand } from "~/kit/components/platform.ts";
import { TextField } from "~/kit/components/TextField.tsx";
import { fieldLabel, groupLabel } from "~/kit/i18n/words.ts";
import { byGroup, groupHeading } from "../fields/groups.ts";
import styles from "../fields/Record.module.css";
import type { FormValues } from "../fields/values.ts";

type Props = {
  kind: RecordKind;
  fields: FieldSchema[];
  control: Control<FormValues>;
  input: (field: FieldSchema) => ReactNode;
};

const FOCUSABLE = "input:not([type=hidden]), textarea, button, [tabindex='0']";

function focusIn(place: HTMLElement | null, key: string) {
  place?.querySelector<HTMLElement>(`[data-field="${key}"]`)?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
}

/** The fields few people fill in: folded, grouped, found by typing a part of their name or of their group's. */
export function MoreFields({ kind, fields, control, input }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  // Opened to look for a field, or because of what is wrong with one.
  const [opened, setOpened] = useState<"search" | "problem" | null>(null);
  const isOpen = opened !== null;
  const [wanted, setWanted] = useState("");
  const { errors, submitCount } = useFormState({ control });
  const wrong = fields.find(({ key }) => errors[key] !== undefined);
  const first = Object.keys(errors)[0];
  // What is wrong is never hidden; where nothing else is, it gets the focus.
  const mends = wrong !== undefined && submitCount > 0 ? wrong.key : null;
  useEffect(() => {
    if (mends === null) return;
    setOpened((now) => now ?? "problem");
    setWanted("");
  }, [mends]);
  const isFirst = mends !== null && first === mends && isOpen;
  useEffect(() => {
    if (isFirst) focusIn(place.current, mends);
  }, [isFirst, mends]);
  const typed = wanted.trim().toLocaleLowerCase();
  const fits = fields.filter((field) =>
    [fieldLabel(kind, field.key, fields), groupLabel(field.group)].some((words) =>
      words.toLocaleLowerCase().includes(typed),
    ),
  );
  return (
    <div ref={place}>
      <Button
        variant="quiet"
        size="small"
        icon={ChevronRight}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        data-turned={isOpen || undefined}
        onPress={() => setOpened(isOpen ? null : "search")}
      >
        {t("record.form.more")}
      </Button>
      {isOpen && (
        <div id={id} className={styles.more}>
          <TextField
            label={t("record.form.findField")}
            hideLabel
            placeholder={t("record.form.findField")}
            value={wanted}
            onChange={setWanted}
            onKeyDown={(event) => {
              // Enter goes to what was found; it would save the form.
              if (event.key !== "Enter" || isCommand(event)) return event.continuePropagation();
              event.preventDefault();
              if (fits[0]) focusIn(place.current, fits[0].key);
            }}
            type="search"
            autoComplete="off"
            autoFocus={opened === "search"}
          />
          {fits.length === 0 && <p className={styles.nothing}>{t("common.noMatch")}</p>}
          {byGroup(fits).map(([group, members]) => (
            <fieldset key={group} className={styles.group}>
              <legend className={styles.legend}>{groupHeading(group, members)}</legend>
              <div className={styles.fields}>{members.map(input)}</div>
            </fieldset>
          ))}
        </div>
      )}
    </div>
  );
}
