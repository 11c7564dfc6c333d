import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, commands, type Id, type ListQuery } from "~/ipc";
import { RecordLink } from "~/records/pages.tsx";
import styles from "./Activities.module.css";
import { Answer, type WaitingKind } from "./Answer.tsx";

/** As many are shown; the number above leads to all of them. */
const MOST = 5;

type Waiting = { id: Id; name: string; employer: Id | null; employerName: string | null };

/** The first of those that wait, by the list that the number counts. */
function useFirst(kind: WaitingKind, query: ListQuery) {
  return useQuery({
    queryKey: ["activities", "waiting", kind, query],
    queryFn: async (): Promise<Waiting[]> => {
      const { result } = await call(commands.listOpen(query));
      try {
        const { rows } = await call(commands.listWindow(result, 0, MOST, ["employer"]));
        return rows.map(({ id, name, cells }) => ({
          id,
          name,
          employer: typeof cells[0]?.value === "string" ? cells[0].value : null,
          employerName: cells[0]?.text ?? null,
        }));
      } finally {
        void commands.listClose(result);
      }
    },
  });
}

/** What employers posted and nobody has answered, with the answers beside it. */
export function WaitingForAnswer({ kind, query }: { kind: WaitingKind; query: ListQuery }) {
  const { t } = useTranslation();
  const waiting = useFirst(kind, query).data;
  if (!waiting || waiting.length === 0) return null;
  return (
    <ul aria-label={t(`activities.answer.${kind}.list`)}>
      {waiting.map(({ id, name, employer, employerName }) => (
        <li key={id} className={styles.toDo}>
          <span className={styles.toDoWords}>
            <span className={styles.name} title={name}>
              {name}
            </span>
            {employer && employerName && <RecordLink kind="employer" id={employer} name={employerName} />}
          </span>
          <Answer kind={kind} id={id} name={name} />
        </li>
      ))}
    </ul>
  );
}
