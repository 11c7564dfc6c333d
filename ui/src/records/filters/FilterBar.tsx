import { ListFilter, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Condition, FieldSchema, RecordKind } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import menu from "~/kit/components/Menu.module.css";
import { fieldLabel } from "~/kit/i18n/words.ts";
import { useFields } from "~/session/session.ts";
import { useNames } from "../references.ts";
import styles from "./Filters.module.css";
import { conditionSentence } from "./sentence.ts";

// Its fields of every type are read when the first condition is written.
const FilterEditor = lazy(() => import("./FilterEditor.tsx"));

type Props = {
  kind: RecordKind;
  filter: Condition[];
  onChange: (filter: Condition[]) => void;
  /** Another name for a field in this list, for example "Contact Create Source". */
  labels?: { [field: string]: string };
};

function useFilterable(kind: RecordKind): FieldSchema[] {
  return useFields(kind).filter((field) => field.filterable && field.key !== "deleted_at");
}

type AddProps = Props & { /** Also opened by a key of the page. */ isOpen: boolean; onOpen: (open: boolean) => void };

/** The button that adds a condition. */
export function AddFilter({ kind, filter, onChange, labels, isOpen, onOpen }: AddProps) {
  const { t } = useTranslation();
  const fields = useFilterable(kind);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpen}>
      <Button variant="quiet" icon={ListFilter} hotkey="f">
        {t("filters.add")}
      </Button>
      <Popover className={`${menu.popover} ${styles.popover}`} placement="bottom start" offset={4}>
        <Dialog className={styles.dialog ?? ""} aria-label={t("filters.addTitle")}>
          <Suspense>
            <FilterEditor
              kind={kind}
              fields={fields}
              labels={labels}
              onDone={(condition) => {
                onChange([...filter, condition]);
                onOpen(false);
              }}
            />
          </Suspense>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** The filter as chips in sentences. A chip opens what it says; the cross removes it. */
export function FilterChips({ kind, filter, onChange, labels }: Props) {
  const { t } = useTranslation();
  const fields = useFilterable(kind);
  return (
    <ul className={styles.bar} aria-label={t("filters.group")}>
      {filter.map((condition, n) => {
        const field = fields.find((each) => each.key === condition.field);
        return field ? (
          <li key={`${condition.field} ${condition.op} ${condition.values.join(" ")}`}>
            <FilterChip
              kind={kind}
              field={field}
              label={labels?.[field.key] ?? fieldLabel(kind, field.key, fields)}
              fields={fields}
              condition={condition}
              onChange={(next) => onChange(filter.map((other, m) => (m === n ? next : other)))}
              onRemove={() => onChange(filter.filter((_, m) => m !== n))}
            />
          </li>
        ) : null;
      })}
      {filter.length > 1 && (
        <li>
          <Button variant="quiet" size="small" onPress={() => onChange([])}>
            {t("filters.clearAll")}
          </Button>
        </li>
      )}
    </ul>
  );
}

type ChipProps = {
  kind: RecordKind;
  field: FieldSchema;
  label: string;
  fields: FieldSchema[];
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
};

function FilterChip({ kind, field, label, fields, condition, onChange, onRemove }: ChipProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const type = field.field_type;
  const nameOf = useNames(type.type === "reference" ? condition.values.map((id) => ({ kind: type.kind, id })) : []);
  const sentence = conditionSentence(condition, field, label, nameOf);
  return (
    <span className={styles.chip}>
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <AriaButton className={styles.sentence ?? ""}>{sentence}</AriaButton>
        <Popover className={`${menu.popover} ${styles.popover}`} placement="bottom start" offset={4}>
          <Dialog className={styles.dialog ?? ""} aria-label={t("filters.editTitle")}>
            <Suspense>
              <FilterEditor
                kind={kind}
                fields={fields}
                labels={{ [field.key]: label }}
                condition={condition}
                onDone={(next) => {
                  onChange(next);
                  setOpen(false);
                }}
              />
            </Suspense>
          </Dialog>
        </Popover>
      </DialogTrigger>
      <AriaButton className={styles.cross ?? ""} aria-label={t("filters.removeOne", { sentence })} onPress={onRemove}>
        <X size={12} strokeWidth={2.5} aria-hidden />
      </AriaButton>
    </span>
  );
}
