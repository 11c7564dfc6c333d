import { useNavigate, useSearch } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { KindCount, RecordKind, SortKey, TrashRow } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Segments } from "~/kit/components/Segments.tsx";
import { EmptyState, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { When } from "~/kit/components/When.tsx";
import type { GridColumn } from "~/kit/grid/columns.ts";
import { Grid } from "~/kit/grid/Grid.tsx";
import { gridKeys } from "~/kit/grid/keys.ts";
import frame from "~/kit/layout/Frame.module.css";
import text from "~/kit/layout/Text.module.css";
import styles from "~/records/list/List.module.css";
import { readIds } from "~/records/list/readIds.ts";
import { meantRows, useList } from "~/records/list/useList.ts";
import { useOpenRecord } from "~/records/pages.tsx";
import { useMay } from "~/session/session.ts";
import { ErasedIn } from "./ErasedIn.tsx";
import { PlaceTabs } from "./PlaceTabs.tsx";
import { useTrashCounts } from "./queries.ts";
import { readTrash, useTrashSource } from "./rowSource.ts";
import { TrashBar } from "./TrashBar.tsx";
import { useTrash } from "./useTrash.ts";

const EraseDialog = lazy(() => import("./EraseDialog.tsx"));

const NO_SORT: SortKey[] = [];
const SHOWN = ["name", "deleted_at", "by", "erased_at"];

/** What was deleted and can still be restored, by kind (M20). */
export function TrashPage() {
  const { t } = useTranslation();
  const counts = useTrashCounts();
  const search = useSearch({ from: "/history/trash" });
  const navigate = useNavigate();
  const shown = counts.data?.find(({ kind }) => kind === search.kind) ?? counts.data?.[0];
  return (
    <div className={styles.list}>
      <PlaceTabs />
      {counts.error ? (
        <ErrorState error={counts.error} onRetry={() => void counts.refetch()} />
      ) : !counts.data ? (
        <Skeleton lines={8} />
      ) : !shown ? (
        <EmptyState
          icon={Trash2}
          action={<Button onPress={() => void navigate({ to: "/contacts" })}>{t("trash.toContacts")}</Button>}
        >
          {t("trash.empty")}
        </EmptyState>
      ) : (
        <>
          <KindFilter
            counts={counts.data}
            kind={shown.kind}
            onKind={(kind) => void navigate({ to: "/history/trash", search: { kind }, replace: true })}
          />
          <TrashList key={shown.kind} kind={shown.kind} total={shown.count} counted={counts.dataUpdatedAt} />
        </>
      )}
    </div>
  );
}

function KindFilter({
  counts,
  kind,
  onKind,
}: {
  counts: KindCount[];
  kind: RecordKind;
  onKind: (kind: RecordKind) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={`${frame.bar} ${styles.bar}`}>
      <Segments
        label={t("trash.kinds")}
        segments={counts.map((each) => ({ id: each.kind, label: t(`trash.kind.${each.kind}`), count: each.count }))}
        value={kind}
        onChange={onKind}
      />
    </div>
  );
}

function useTrashColumns(): GridColumn<TrashRow>[] {
  const { t } = useTranslation();
  return useMemo<GridColumn<TrashRow>[]>(
    () => [
      {
        key: "name",
        label: t("trash.column.name"),
        width: 360,
        pinned: true,
        render: ({ name }) => (
          <span className={`${text.clip} ${styles.name}`} title={name}>
            {name || t("common.unnamed")}
          </span>
        ),
      },
      {
        key: "deleted_at",
        label: t("trash.column.deleted_at"),
        width: 150,
        render: ({ deleted_at }) => <When at={deleted_at} />,
      },
      {
        key: "by",
        label: t("trash.column.by"),
        width: 190,
        render: ({ by }) => (
          <span className={text.clip} title={by}>
            {by || t("trash.someone")}
          </span>
        ),
      },
      {
        key: "erased_at",
        label: t("trash.column.erased_at"),
        width: 150,
        render: ({ erased_at }) => <ErasedIn at={erased_at} />,
      },
    ],
    [t],
  );
}

/** `counted` moves on whenever the trash changed. */
function TrashList({ kind, total, counted }: { kind: RecordKind; total: number; counted: number }) {
  const { t } = useTranslation();
  const may = useMay();
  const trash = useTrash();
  const openRecord = useOpenRecord();
  const [erasing, setErasing] = useState(false);
  const list = useList({
    name: "trash",
    all: useTrashColumns(),
    shown: SHOWN,
    useRows: () => ({ source: useTrashSource(kind, total, counted), total }),
  });
  const meant = meantRows(list);
  const ids = () => meant.ids((except) => readIds((offset, limit) => readTrash(kind, offset, limit), except));
  const mayRestore = may(
    kind === "student"
      ? "manage_users"
      : kind === "contact" || kind === "employer"
        ? "delete_contacts"
        : "edit_contacts",
  );
  const restore = async () => {
    try {
      if (meant.count > 0 && (await trash.restore(kind, await ids(), meant.name))) list.done();
    } catch (thrown) {
      toastError(thrown);
    }
  };
  const erase = async () => {
    setErasing(false);
    try {
      if (await trash.erase(kind, await ids(), meant.name)) list.done();
    } catch (thrown) {
      toastError(thrown);
    }
  };

  useHotkeys(t("trash.keys.group"), [
    ...(mayRestore ? [{ keys: "r", label: t("trash.restore"), run: () => void restore() }] : []),
    ...(may("erase_contacts")
      ? [{ keys: "Delete", label: t("trash.erase"), run: () => meant.count > 0 && setErasing(true) }]
      : []),
  ]);
  useHotkeys(t("grid.keys.group"), gridKeys(t));

  return (
    <>
      <Grid
        {...list.grid}
        label={t("trash.list", { kind: t(`trash.kind.${kind}`) })}
        sort={NO_SORT}
        onSort={() => {}}
        onOpen={(row) => openRecord(kind, row.id)}
        empty={<EmptyState icon={Trash2}>{t("trash.emptyKind")}</EmptyState>}
      />
      {list.count > 0 && (
        <TrashBar
          count={list.count}
          total={total}
          onRestore={mayRestore ? () => void restore() : undefined}
          onErase={may("erase_contacts") ? () => setErasing(true) : undefined}
          onSelectAll={list.selectAll}
          onClear={list.done}
        />
      )}
      <Suspense>
        {erasing && (
          <EraseDialog
            kind={kind}
            count={meant.count}
            name={meant.name}
            onClose={() => setErasing(false)}
            onConfirm={() => void erase()}
          />
        )}
      </Suspense>
    </>
  );
}
