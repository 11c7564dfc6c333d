import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { OutboxRow } from "~/ipc";
import { When } from "~/kit/components/When.tsx";
import type { GridColumn } from "~/kit/grid/columns.ts";
import { dateTime, relativeTime } from "~/kit/i18n/words.ts";
import text from "~/kit/layout/Text.module.css";
import list from "~/records/list/List.module.css";
import { StateChip } from "./StateChip.tsx";
import { isScheduled, isSoon, whyText } from "./words.ts";

/** The columns of the outbox. */
export function useOutboxColumns(): GridColumn<OutboxRow>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        key: "name",
        label: t("mail.outbox.column.name"),
        width: 200,
        pinned: true,
        render: ({ name, address }) => (
          <span className={`${text.clip} ${list.name}`} title={address ? `${name} <${address}>` : name}>
            {name || address}
          </span>
        ),
      },
      {
        key: "subject",
        label: t("mail.outbox.column.subject"),
        width: 280,
        render: ({ subject }) => (
          <span className={text.clip} title={subject}>
            {subject}
          </span>
        ),
      },
      {
        key: "state",
        label: t("mail.outbox.column.state"),
        width: 132,
        render: ({ state }) => <StateChip state={state} />,
      },
      {
        key: "when",
        label: t("mail.outbox.column.when"),
        width: 150,
        render: (row) =>
          row.state === "waiting" && row.due_at > Date.now() ? (
            <span className={text.clip}>
              {isScheduled(row)
                ? t("mail.outbox.scheduled", { when: dateTime(row.due_at) })
                : isSoon(row.due_at)
                  ? t("mail.outbox.nextTrySoon")
                  : t("mail.outbox.nextTry", { when: relativeTime(row.due_at) })}
            </span>
          ) : (
            <When at={row.changed_at} />
          ),
      },
      {
        key: "why",
        label: t("mail.outbox.column.why"),
        width: 320,
        render: (row) => (
          <span className={text.clip} title={whyText(row)}>
            {whyText(row)}
          </span>
        ),
      },
    ],
    [t],
  );
}
