import { FilterX } from "lucide-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { OperationKind } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { DateField } from "~/kit/components/DateField.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { operationLabel } from "~/kit/i18n/words.ts";
import { ListSearchField } from "~/records/list/ListSearchField.tsx";
import { useSuggestions } from "~/records/references.ts";
import styles from "./History.module.css";
import { GROUPS } from "./kindGroups.ts";
import type { HistorySearch, ShownKinds } from "./search.ts";

const ANY = "any";

type Props = {
  search: HistorySearch;
  onChange: (next: HistorySearch) => void;
  inputRef: RefObject<HTMLInputElement | null>;
  /** Called where the keyboard goes on into the list. */
  onLeave: () => void;
};

/** By a name, and by who did it, kind and day. */
export function HistoryFilter({ search, onChange, inputRef, onLeave }: Props) {
  const { t } = useTranslation();
  const staff = useSuggestions("staff", "");
  const { q, person, kind, day } = search;
  // Numbers on other pages lead to one kind alone.
  const single = GROUPS.some((each) => each === kind) ? undefined : (kind as OperationKind | undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the oldest web view does not know <search> yet.
    <div role="search" className={styles.filter} aria-label={t("history.filter.label")}>
      <ListSearchField
        label={t("history.filter.search")}
        value={q ?? ""}
        onChange={(text) => onChange({ ...search, q: text === "" ? undefined : text })}
        inputRef={inputRef}
        onLeave={onLeave}
      />
      <div className={styles.filterField}>
        <Select
          label={t("history.filter.person")}
          hideLabel
          choices={[{ id: ANY, label: t("history.filter.anybody") }, ...staff]}
          value={person ?? ANY}
          onChange={(id) => onChange({ ...search, person: id === ANY ? undefined : id })}
        />
      </div>
      <div className={styles.filterKind}>
        <Select
          label={t("history.filter.kind")}
          hideLabel
          choices={[
            { id: ANY, label: t("history.filter.anything") },
            ...GROUPS.map((each) => ({ id: each, label: t(`history.group.${each}`) })),
            ...(single ? [{ id: single, label: operationLabel(single) }] : []),
          ]}
          value={kind ?? ANY}
          onChange={(id) => onChange({ ...search, kind: id === ANY ? undefined : (id as ShownKinds) })}
        />
      </div>
      <div className={styles.filterDay}>
        <DateField
          label={t("history.filter.day")}
          hideLabel
          value={day ?? null}
          onChange={(next) => onChange({ ...search, day: next ?? undefined })}
        />
      </div>
      {(q || person || kind || day) && (
        <IconButton
          label={t("history.clear")}
          icon={FilterX}
          onPress={() => {
            onChange({ ...search, q: undefined, person: undefined, kind: undefined, day: undefined });
            // The button goes with the filter.
            inputRef.current?.focus();
          }}
        />
      )}
    </div>
  );
}
