import { useQuery } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import { call, commands, type Id } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import row from "~/kit/layout/Row.module.css";
import { FieldGroups } from "~/records/fields/FieldGroups.tsx";
import { cacheTag } from "~/records/kinds.ts";
import { useFields, useMay } from "~/session/session.ts";
import styles from "./Activities.module.css";
import { Answer, isWaiting } from "./Answer.tsx";
import type { ActivityKind } from "./kinds.ts";
import { useActivityActs } from "./useActivityActs.tsx";

/** Said by the heading. */
const OMIT = ["title", "name"];

/** A task, meeting, event and so on beside its list. */
export function ActivityCard({ kind, id, name }: { kind: ActivityKind; id: Id; name: string }) {
  const { t } = useTranslation();
  const may = useMay()("edit_contacts");
  const fields = useFields(kind);
  const record = useQuery({
    queryKey: [cacheTag(kind), "card", kind, id],
    queryFn: () => call(commands.recordGet(kind, id)),
  });
  const { menu, edit, dialogs } = useActivityActs({ kind, id, name });
  if (record.error) return <ErrorState error={record.error} onRetry={() => void record.refetch()} />;
  return (
    <article className={styles.card}>
      <header className={`${row.top} ${styles.cardHead}`}>
        <h2>{name}</h2>
        {may && (
          <Button size="small" icon={Pencil} onPress={edit}>
            {t("record.page.edit")}
          </Button>
        )}
        {menu}
      </header>
      {isWaiting(kind, record.data?.values.status) && (
        <div className={styles.answer}>
          <p>{t(`activities.answer.${kind}.waits`)}</p>
          <Answer kind={kind} id={id} name={name} />
        </div>
      )}
      {record.data ? (
        <FieldGroups kind={kind} fields={fields} omit={OMIT} values={record.data.values} />
      ) : (
        <Skeleton lines={5} />
      )}
      {dialogs}
    </article>
  );
}
