import { FilterX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { OperationKind } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { DateField } from "~/kit/components/DateField.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { useSuggestions } from "~/records/references.ts";
import styles from "./History.module.css";
import type { HistorySearch } from "./search.ts";
import { KINDS, kindLabel } from "./sentence.ts";

const ANY = "any";

type Props = { search: HistorySearch; onChange: (next: HistorySearch) => void };

/** By person, kind and day. */
export function HistoryFilter({ search, onChange }: Props) {
  const { t } = useTranslation();
  const staff = useSuggestions("staff", "");
  const { person, kind, day } = search;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the oldest web view does not know <search> yet.
    <div role="search" className={styles.filter} aria-label={t("history.filter.label")}>
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
            ...KINDS.map((each) => ({ id: each, label: kindLabel(t, each) })),
          ]}
          value={kind ?? ANY}
          onChange={(id) => onChange({ ...search, kind: id === ANY ? undefined : (id as OperationKind) })}
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
      {(person || kind || day) && (
        <IconButton
          label={t("history.clear")}
          icon={FilterX}
          onPress={() => onChange({ ...search, person: undefined, kind: undefined, day: undefined })}
        />
      )}
    </div>
  );
}
