import { ChevronDown } from "lucide-react";
import { memo, useMemo } from "react";
import {
  Button,
  Header,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  Select,
  SelectValue,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { FieldGroup, ImportColumn, RecordKind } from "~/ipc";
import field from "~/kit/components/Field.module.css";
import menu from "~/kit/components/Menu.module.css";
import { fieldLabel, groupLabel } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import text from "~/kit/layout/Text.module.css";
import { byGroup } from "~/records/fields/groups.ts";
import { useFields } from "~/session/session.ts";
import styles from "./ColumnsStep.module.css";
import { FULL_NAME } from "./mapping.ts";

const LEAVE_OUT = "leave out";

type Target = { key: string; label: string; note?: string };
type TargetGroup = { group: FieldGroup; label: string; targets: Target[] };

/** What a column can become, by the groups of the registry. */
export function useTargets(kind: RecordKind): TargetGroup[] {
  const { t } = useTranslation();
  const fields = useFields(kind);
  return useMemo(
    () =>
      byGroup(fields.filter(({ importable }) => importable)).map(([group, members]) => {
        const targets = members.map<Target>(({ key }) => ({ key, label: fieldLabel(kind, key, fields) }));
        if (kind === "contact" && group === "name")
          targets.unshift({
            key: FULL_NAME,
            label: t("import.columns.fullName"),
            note: t("import.columns.fullNameNote"),
          });
        return { group, label: groupLabel(group), targets };
      }),
    [kind, fields, t],
  );
}

type Props = {
  column: ImportColumn;
  value: string | null;
  targets: TargetGroup[];
  /** Fields that other columns become, with their headers. */
  takenBy: Map<string, string>;
  isDisabled: boolean;
  onChange: (column: number, field: string | null) => void;
};

/** The field a column becomes. Choosing one that another column has takes it from there. */
export const FieldSelect = memo(
  function FieldSelect({ column, value, targets, takenBy, isDisabled, onChange }: Props) {
    const { t } = useTranslation();
    return (
      <Select
        className={field.field ?? ""}
        aria-label={t("import.columns.fieldOf", { column: column.header })}
        value={value ?? LEAVE_OUT}
        isDisabled={isDisabled}
        onChange={(key) => onChange(column.index, key === LEAVE_OUT || key === null ? null : String(key))}
      >
        <Button className={`${field.control} ${field.select} ${styles.fieldSelect}`}>
          <SelectValue className={field.value ?? ""}>
            {({ selectedText, defaultChildren }) => selectedText ?? defaultChildren}
          </SelectValue>
          <ChevronDown size={16} strokeWidth={1.75} className={field.chevron} aria-hidden />
        </Button>
        <Popover className={menu.popover ?? ""} offset={4}>
          <ListBox className={menu.menu ?? ""}>
            <ListBoxItem id={LEAVE_OUT} textValue={t("import.columns.leaveOut")} className={`${row.item} ${menu.item}`}>
              {t("import.columns.leaveOut")}
            </ListBoxItem>
            {targets.map(({ group, label, targets: members }) => (
              <ListBoxSection key={group} id={group}>
                <Header className={styles.group ?? ""}>{label}</Header>
                {members.map((target) => {
                  const taken = takenBy.get(target.key);
                  const note = taken === undefined ? target.note : t("import.columns.takenBy", { column: taken });
                  return (
                    <ListBoxItem
                      key={target.key}
                      id={target.key}
                      textValue={target.label}
                      className={`${row.item} ${menu.item}`}
                    >
                      <span className={text.rest}>
                        {target.label}
                        {note && <span className={menu.note}> {note}</span>}
                      </span>
                    </ListBoxItem>
                  );
                })}
              </ListBoxSection>
            ))}
          </ListBox>
        </Popover>
      </Select>
    );
  },
  // Lists of many columns: one that does not change is not drawn again when another does.
  (a, b) =>
    a.value === b.value &&
    a.column === b.column &&
    a.targets === b.targets &&
    a.isDisabled === b.isDisabled &&
    a.takenBy.size === b.takenBy.size &&
    [...a.takenBy].every(([key, header]) => b.takenBy.get(key) === header),
);
