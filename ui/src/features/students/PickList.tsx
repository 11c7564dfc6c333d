import type { ReactNode } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import styles from "./Students.module.css";

export type Pick = {
  id: string;
  label: string;
  /** Before the label. */
  mark?: ReactNode;
  note?: string | undefined;
  /** At the end of the line. */
  end?: string | undefined;
};

type Props = {
  label: string;
  picks: Pick[];
  values: readonly string[];
  /** Several can be picked. */
  multiple?: boolean;
  onChange: (ids: string[]) => void;
  empty: string;
};

/** A list of which one, or several, are picked, each line with what helps to choose. */
export function PickList({ label, picks, values, multiple = false, onChange, empty }: Props) {
  return (
    <ListBox
      aria-label={label}
      className={styles.picks ?? ""}
      items={picks}
      selectionMode={multiple ? "multiple" : "single"}
      disallowEmptySelection={!multiple}
      selectedKeys={values}
      onSelectionChange={(keys) =>
        onChange(keys === "all" ? picks.map(({ id }) => id) : [...keys].map((key) => String(key)))
      }
      renderEmptyState={() => <p className={styles.noPick}>{empty}</p>}
    >
      {({ id, label: words, mark, note, end }) => (
        <ListBoxItem id={id} textValue={words} className={styles.pick ?? ""} data-key={id}>
          {mark}
          {/* All of it is the option's name; the spaces keep its parts apart where it is read out. */}
          <span className={styles.pickName}>{words}</span> {note && <span className={styles.note}>{note}</span>}{" "}
          {end && <span className={styles.load}>{end}</span>}
        </ListBoxItem>
      )}
    </ListBox>
  );
}
