import type { ReactNode, Ref } from "react";
import type { Condition, RecordKind } from "~/ipc";
import frame from "~/kit/layout/Frame.module.css";
import text from "~/kit/layout/Text.module.css";
import { AddFilter, FilterChips } from "../filters/FilterBar.tsx";
import styles from "./List.module.css";
import { ListSearchField } from "./ListSearchField.tsx";

type Filtering = {
  kind: RecordKind;
  filter: Condition[];
  onChange: (filter: Condition[]) => void;
  /** Other names for some fields in this list. */
  labels?: { [field: string]: string };
  /** The form of a new condition is also opened by a key of the page. */
  isOpen: boolean;
  onOpen: (open: boolean) => void;
};

type Props = {
  search: { label: string; value: string; onChange: (value: string) => void; inputRef: Ref<HTMLInputElement> };
  /** From the search field into the list. */
  onLeave: () => void;
  /** Between search and conditions. */
  beside?: ReactNode;
  /** Conditions, where the list has any. */
  filtering?: Filtering;
  /** How many there are, in words, once it is known. */
  total: ReactNode;
  /** At the end: columns, exports, the button of a new record. */
  children?: ReactNode;
};

/** Above a list: search, conditions, how many there are, and what can be done with the list as a whole. */
export function ListBar({ search, onLeave, beside, filtering, total, children }: Props) {
  return (
    <div className={`${frame.bar} ${styles.bar}`}>
      <ListSearchField {...search} onLeave={onLeave} />
      {beside}
      {filtering && <AddFilter {...filtering} />}
      {filtering && filtering.filter.length > 0 && (
        <div className={styles.filters}>
          <FilterChips {...filtering} />
        </div>
      )}
      <span className={styles.space} />
      <span className={text.total} role="status">
        {total}
      </span>
      {children}
    </div>
  );
}
