import { Check } from "lucide-react";
import { useEffect, useRef } from "react";
import {
  Autocomplete,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  SearchField,
  useFilter,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import field from "~/kit/components/Field.module.css";
import menu from "~/kit/components/Menu.module.css";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import row from "~/kit/layout/Row.module.css";
import styles from "./FieldMenu.module.css";

export type MenuField = { key: string; label: string /** The heading it stands under. */; section: string };

type Props = {
  label: string;
  fields: MenuField[];
  /** Keys of those that come before all others. */
  usual: readonly string[];
  onPick: (key: string) => void;
  /** Which are chosen, where several can be. */
  chosen?: readonly string[];
};

function inSections(fields: MenuField[], usual: readonly string[], most: string): [string, MenuField[]][] {
  const first = usual.flatMap((key) => fields.find((each) => each.key === key) ?? []);
  const sections = new Map<string, MenuField[]>();
  for (const each of fields) {
    if (first.includes(each)) continue;
    sections.set(each.section, [...(sections.get(each.section) ?? []), each]);
  }
  return first.length > 0 ? [[most, first], ...sections] : [...sections];
}

/** Fields to pick from: the usual ones first, then in the groups of the profile, found by typing. */
export function FieldMenu({ label, fields, usual, onPick, chosen }: Props) {
  const { t } = useTranslation();
  const { contains } = useFilter({ sensitivity: "base" });
  const input = useRef<HTMLInputElement>(null);
  // One came here to type or to pick. The dialog around it takes the focus first, when a click opened it.
  useEffect(() => {
    input.current?.focus();
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <Autocomplete filter={contains}>
      <SearchField className={styles.find ?? ""} aria-label={t("filters.searchFields")}>
        <Input ref={input} className={field.input ?? ""} placeholder={t("filters.searchFields")} />
      </SearchField>
      <Scrollable className={styles.list} label={label}>
        <Menu
          className={menu.menu ?? ""}
          aria-label={label}
          renderEmptyState={() => <div className={menu.empty}>{t("common.noMatch")}</div>}
          shouldCloseOnSelect={false}
          {...(chosen
            ? {
                selectionMode: "multiple" as const,
                selectedKeys: chosen,
                onSelectionChange: (keys) => {
                  if (keys === "all") return;
                  const turned = fields.find(({ key }) => keys.has(key) !== chosen.includes(key));
                  if (turned) onPick(turned.key);
                },
              }
            : { onAction: (key) => onPick(String(key)) })}
        >
          {inSections(fields, usual, t("filters.usual")).map(([section, members]) => (
            <MenuSection key={section} id={`section ${section}`}>
              <Header className={styles.section}>{section}</Header>
              {members.map(({ key, label: words }) => (
                <MenuItem key={key} id={key} className={`${row.item} ${menu.item}`} textValue={words}>
                  {({ isSelected }) => (
                    <>
                      {chosen && <span className={menu.check}>{isSelected && <Check size={16} aria-hidden />}</span>}
                      {words}
                    </>
                  )}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Scrollable>
    </Autocomplete>
  );
}
