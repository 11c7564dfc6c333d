import type { ReactNode, Ref } from "react";
import type { Condition, RecordKind } from "~/ipc";
import frame from "~/kit/layout/Frame.module.css";
import text from "~/kit/layout/Text.module.css";
import { useFold } from "~/kit/layout/useFold.ts";
import { AddFilter, FilterChips } from "../filters/FilterBar.tsx";
import styles from "./List.module.css";
import { ListSearchField } from "./ListSearchField.tsx";
import { ListTools } from "./ListTools.tsx";

type Filtering = {
  kind: RecordKind;
  filter: Condition[];
  onChange: (filter: Condition[]) => void;
  /** Other names for some fields in this list. */
  labels?: { [field: string]: string };
  /** Keys of the only fields that can be asked for, where not all can. */
  only?: string[] | undefined;
  /** The form of a new condition is also opened by a key of the page. */
  isOpen: boolean;
  onOpen: (open: boolean) => void;
  /** The field of a new condition, where the menu of its column asked for one. */
  field?: string | null;
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
  /** Whether the bar itself says it; where another part of the page does, it needn't. */
  saysTotal?: boolean;
  /** At the end: columns, exports. They fold where the bar is narrow. */
  tools?: ReactNode;
  /** Last: the button of a new record. */
  children?: ReactNode;
};

/** First the tools fold, then the total goes and "Filter" loses its word, then the button of a new record. */
const FOLDS = 3;

/** Above a list: search, conditions, how many there are, and what can be done with the list as a whole. */
export function ListBar({ search, onLeave, beside, filtering, total, saysTotal = true, tools, children }: Props) {
  const { ref, fold } = useFold<HTMLDivElement>(FOLDS, typeof total === "string" ? total : "");
  return (
    <>
      <div ref={ref} className={`${frame.bar} ${styles.bar} ${styles.oneLine}`} data-fold={fold}>
        <ListSearchField {...search} onLeave={onLeave} />
        {beside && <span className={styles.beside}>{beside}</span>}
        {filtering && (
          <span className={styles.add}>
            <AddFilter {...filtering} found={total} />
          </span>
        )}
        <span className={styles.space} />
        {saysTotal && (
          <span className={`${text.total} ${styles.total}`} role="status">
            {total}
          </span>
        )}
        {tools && <ListTools isFolded={fold > 0}>{tools}</ListTools>}
        {children && <span className={styles.end}>{children}</span>}
      </div>
      {filtering && filtering.filter.length > 0 && (
        <div className={styles.filters}>
          <FilterChips {...filtering} found={total} />
        </div>
      )}
    </>
  );
}
