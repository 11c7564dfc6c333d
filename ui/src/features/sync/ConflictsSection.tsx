import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { fieldLabel } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import sections from "~/kit/layout/Sections.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { RecordLink } from "~/records/pages.tsx";
import { ConflictItem } from "./ConflictItem.tsx";
import { conflictsQuery } from "./queries.ts";
import styles from "./Sync.module.css";
import { choiceOf, conflictKey, keeping, mine, useSettle } from "./settling.ts";

/** Fields that two people changed without seeing each other’s change: one click each, or all that are selected at once. */
export function ConflictsSection() {
  const { t } = useTranslation();
  const id = useId();
  const conflicts = useQuery(conflictsQuery);
  const { settle, running } = useSettle();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const all = conflicts.data ?? [];
  const selected = all.filter((conflict) => chosen.has(conflictKey(conflict)));
  const select = (key: string, isSelected: boolean) => {
    const next = new Set(chosen);
    if (isSelected) next.add(key);
    else next.delete(key);
    setChosen(next);
  };
  const own = mine(selected);
  return (
    <section className={sections.section} aria-labelledby={id}>
      <h2 id={id} className={sections.title}>
        {t("sync.conflicts.title")}
      </h2>
      <div className={sections.body}>
        {conflicts.error ? <ErrorState error={conflicts.error} onRetry={() => void conflicts.refetch()} /> : null}
        {conflicts.isPending && <Skeleton />}
        {conflicts.data?.length === 0 && <p>{t("sync.conflicts.none")}</p>}
        {all.length > 0 && (
          <>
            <p>{t("sync.conflicts.about")}</p>
            {all.length > 1 && (
              <div className={row.wrapCenter}>
                <Checkbox
                  isSelected={selected.length === all.length}
                  isIndeterminate={selected.length > 0 && selected.length < all.length}
                  onChange={(isAll) => setChosen(new Set(isAll ? all.map(conflictKey) : []))}
                >
                  {t("sync.conflicts.selectAll")}
                </Checkbox>
                <Button isDisabled={running || selected.length === 0} onPress={() => void settle(keeping(selected))}>
                  {t("sync.conflicts.keepSelected")}
                </Button>
                <Button isDisabled={running || own.length === 0} onPress={() => void settle(own)}>
                  {t("sync.conflicts.mineSelected")}
                </Button>
              </div>
            )}
            <ul className={`${stack.by12} ${styles.list}`}>
              {all.map((conflict) => {
                const key = conflictKey(conflict);
                const field = fieldLabel(conflict.kind, conflict.field);
                return (
                  <li key={key} className={stack.by4}>
                    <div className={row.wrapCenter}>
                      {all.length > 1 && (
                        <Checkbox
                          aria-label={t("sync.conflicts.select", { name: conflict.name, field })}
                          isSelected={chosen.has(key)}
                          onChange={(isSelected) => select(key, isSelected)}
                        />
                      )}
                      <strong>
                        <RecordLink kind={conflict.kind} id={conflict.record} name={conflict.name} />
                      </strong>
                      <span>{field}</span>
                    </div>
                    <ConflictItem
                      conflict={conflict}
                      isDisabled={running}
                      onChoose={(operation) => void settle([choiceOf(conflict, operation)], conflict)}
                    />
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
