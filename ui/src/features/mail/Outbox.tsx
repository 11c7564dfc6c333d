import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Ban, MailCheck, RotateCcw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type OutboxState, type SortKey } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Segments } from "~/kit/components/Segments.tsx";
import { EmptyState, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { Grid } from "~/kit/grid/Grid.tsx";
import { gridKeys } from "~/kit/grid/keys.ts";
import frame from "~/kit/layout/Frame.module.css";
import styles from "~/records/list/List.module.css";
import { readIds } from "~/records/list/readIds.ts";
import { SelectionBar } from "~/records/list/SelectionBar.tsx";
import { meantRows, useList } from "~/records/list/useList.ts";
import { MailTabs } from "./MailTabs.tsx";
import { OutboxPanel } from "./OutboxPanel.tsx";
import { readOutbox, useOutboxSource } from "./outboxSource.ts";
import { TroubleLine } from "./TroubleLine.tsx";
import { useOutboxActs } from "./useOutboxActs.ts";
import { useOutboxColumns } from "./useOutboxColumns.tsx";

/** The states in the order in which they need somebody. */
const STATES: OutboxState[] = [
  "unclear",
  "failed",
  "waiting",
  "sending",
  "bounced",
  "sent",
  "handed_over",
  "cancelled",
];
const NO_SORT: SortKey[] = [];
const SHOWN = ["name", "state", "subject", "when", "why"];

/** Site Management › Mail › Outbox: what waits, what went, what needs a decision. */
export function OutboxPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/settings/mail/outbox" });
  const counted = useQuery({
    queryKey: ["mail", "outbox"],
    queryFn: () => call(commands.outboxList({ state: null, mailing: null, to: null }, 0, 1)),
  });
  const counts = counted.data?.counts ?? [];
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const of = (state: OutboxState) => counts.find((each) => each.state === state)?.count ?? 0;
  const state = search.state ?? null;
  const go = (next: typeof search) => void navigate({ to: "/settings/mail/outbox", search: next, replace: true });
  return (
    <div className={styles.list}>
      <MailTabs />
      <TroubleLine />
      {counted.error ? (
        <ErrorState error={counted.error} onRetry={() => void counted.refetch()} />
      ) : !counted.data ? (
        <Skeleton lines={8} />
      ) : total === 0 ? (
        <EmptyState
          icon={MailCheck}
          action={
            <Button onPress={() => void navigate({ to: "/contacts", search: {} })}>
              {t("mail.outbox.toContacts")}
            </Button>
          }
        >
          {t("mail.outbox.none")}
        </EmptyState>
      ) : (
        <>
          <div className={`${frame.bar} ${styles.bar}`}>
            <Segments
              label={t("mail.outbox.states")}
              segments={[
                { id: "all", label: t("mail.outbox.all"), count: total },
                ...STATES.filter((each) => of(each) > 0 || each === state).map((each) => ({
                  id: each,
                  label: t(`mail.outbox.state.${each}`),
                  count: of(each),
                })),
              ]}
              value={state ?? "all"}
              onChange={(next) => go(next === "all" ? {} : { state: next })}
            />
          </div>
          <div className={frame.place}>
            <OutboxList
              key={state ?? "all"}
              state={state}
              total={state ? of(state) : total}
              counted={counted.dataUpdatedAt}
              onOpen={(message) => go({ ...search, message })}
            />
            {search.message && (
              <OutboxPanel key={search.message} id={search.message} onClose={() => go(state ? { state } : {})} />
            )}
          </div>
        </>
      )}
    </div>
  );
}

type ListProps = {
  state: OutboxState | null;
  total: number;
  /** Moves on whenever the outbox changed. */
  counted: number;
  onOpen: (message: string) => void;
};

function OutboxList({ state, total, counted, onOpen }: ListProps) {
  const { t } = useTranslation();
  const acts = useOutboxActs();
  const [cancelling, setCancelling] = useState(false);
  const list = useList({
    name: "outbox",
    all: useOutboxColumns(),
    shown: SHOWN,
    useRows: () => ({ source: useOutboxSource(state, total, counted), total }),
  });
  const meant = meantRows(list);
  const run = async (act: (ids: string[]) => Promise<boolean>) => {
    try {
      if (
        meant.count > 0 &&
        (await act(await meant.ids((except) => readIds((offset, limit) => readOutbox(state, offset, limit), except))))
      )
        list.done();
    } catch (thrown) {
      toastError(thrown);
    }
  };
  useHotkeys(t("mail.outbox.keys"), [
    { keys: "r", label: t("mail.outbox.retry"), run: () => void run(acts.retry) },
    { keys: "Delete", label: t("mail.outbox.cancel"), run: () => meant.count > 0 && setCancelling(true) },
  ]);
  useHotkeys(t("grid.keys.group"), gridKeys(t));
  return (
    <div className={styles.list}>
      <Grid
        {...list.grid}
        label={t("mail.outbox.list")}
        sort={NO_SORT}
        onSort={() => {}}
        onOpen={(row) => onOpen(row.id)}
        onPick={(row) => onOpen(row.id)}
        onPeek={(row) => onOpen(row.id)}
        empty={<EmptyState icon={MailCheck}>{t("mail.outbox.noneState")}</EmptyState>}
      />
      {list.count > 0 && (
        <SelectionBar count={list.count} total={total} onSelectAll={list.selectAll} onClear={list.deselect}>
          <Button variant="quiet" size="small" icon={RotateCcw} hotkey="r" onPress={() => void run(acts.retry)}>
            {t("mail.outbox.retry")}
          </Button>
          <Button variant="quiet" size="small" icon={Ban} hotkey="Delete" onPress={() => setCancelling(true)}>
            {t("mail.outbox.cancel")}
          </Button>
        </SelectionBar>
      )}
      <ConfirmDialog
        title={t("mail.outbox.cancelTitle", { count: meant.count })}
        sentences={[t("mail.outbox.cancelNote")]}
        act={t("mail.outbox.cancel")}
        cancel={t("mail.outbox.keep")}
        destructive
        isOpen={cancelling}
        onClose={() => setCancelling(false)}
        onConfirm={() => {
          setCancelling(false);
          void run(acts.cancel);
        }}
      />
    </div>
  );
}
