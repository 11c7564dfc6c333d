import { ListFilter, X } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Condition, FieldSchema, RecordKind } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import menu from "~/kit/components/Menu.module.css";
import { fieldLabel } from "~/kit/i18n/words.ts";
import { useFields } from "~/session/session.ts";
import { useNames } from "../references.ts";
import { stepOf } from "../touched.ts";
import styles from "./Filters.module.css";
import { StepChip } from "./StepChip.tsx";
import { conditionSentence } from "./sentence.ts";

// Its fields of every type are read when the first condition is written.
const FilterEditor = lazy(() => import("./FilterEditor.tsx"));

type Props = {
  kind: RecordKind;
  filter: Condition[];
  onChange: (filter: Condition[]) => void;
  /** Another name for a field in this list, for example "Contact Create Source". */
  labels?: { [field: string]: string };
  /** Keys of the only fields that can be asked for, where not all can. */
  only?: string[] | undefined;
};

function useFilterable({ kind, only }: Props): FieldSchema[] {
  return useFields(kind).filter(
    ({ key, filterable }) => filterable && key !== "deleted_at" && (only?.includes(key) ?? true),
  );
}

type AddProps = Props & {
  /** Also opened by a key of the page, or by the menu of a column, which names its field. */
  isOpen: boolean;
  onOpen: (open: boolean) => void;
  field?: string | null | undefined;
  /** How many records the list has now, in words. */
  found: ReactNode;
};

/** The button that adds a condition. It holds from the moment it says something; the panel says what is left. */
export function AddFilter({ isOpen, onOpen, ...props }: AddProps) {
  const { t } = useTranslation();
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpen}>
      <Button variant="quiet" icon={ListFilter} hotkey="f">
        {t("filters.add")}
      </Button>
      <Popover className={`${menu.popover} ${styles.popover}`} placement="bottom start" offset={4}>
        <Dialog className={styles.dialog ?? ""} aria-label={t("filters.addTitle")}>
          <NewCondition {...props} onDone={() => onOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

type NewProps = Omit<AddProps, "isOpen" | "onOpen"> & { onDone: () => void };

function NewCondition(props: NewProps) {
  const { kind, filter, onChange, labels, field, found, onDone } = props;
  const fields = useFilterable(props);
  // What held before this condition, which comes and goes while it is being written.
  const [others] = useState(filter);
  return (
    <Suspense>
      <FilterEditor
        kind={kind}
        fields={fields}
        labels={labels}
        field={field}
        found={found}
        onChange={(condition) => onChange(condition ? [...others, condition] : others)}
        onDone={onDone}
      />
    </Suspense>
  );
}

type ChipsProps = Props & { found: ReactNode };

/** The filter as chips in sentences. A chip opens what it says; the cross removes it. */
export function FilterChips(props: ChipsProps) {
  const { kind, filter, onChange, labels, found } = props;
  const { t } = useTranslation();
  const fields = useFilterable(props);
  return (
    <ul className={styles.bar} aria-label={t("filters.group")}>
      {filter.map((condition, n) => {
        const field = fields.find((each) => each.key === condition.field);
        const step = stepOf(condition);
        if (step !== null)
          return (
            <li key={`${condition.field} ${step}`}>
              <StepChip condition={condition} step={step} onRemove={() => onChange(filter.filter((_, m) => m !== n))} />
            </li>
          );
        return field ? (
          // By its place: a condition that changes while its panel is open is still the same one.
          <li key={`${n} ${condition.field}`}>
            <FilterChip
              kind={kind}
              field={field}
              label={labels?.[field.key] ?? fieldLabel(kind, field.key, fields)}
              fields={fields}
              condition={condition}
              found={found}
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
  found: ReactNode;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
};

function FilterChip({ kind, field, label, fields, condition, found, onChange, onRemove }: ChipProps) {
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
                found={found}
                // What says nothing yet leaves the condition as it was; the cross removes it.
                onChange={(next) => next && onChange(next)}
                onDone={() => setOpen(false)}
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
