import { useLocation, useNavigate } from "@tanstack/react-router";
import { ArrowUpRight, UsersRound } from "lucide-react";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "~/components/Button.tsx";
import { useHotkeys } from "~/components/hotkeys.tsx";
import { EmptyState, ErrorState } from "~/components/States.tsx";
import { toastError } from "~/components/Toast.tsx";
import { useColumns } from "~/grid/columns.ts";
import { Grid, type GridHandle } from "~/grid/Grid.tsx";
import { gridKeys } from "~/grid/keys.ts";
import { useResultSet } from "~/grid/useResultSet.ts";
import type { Condition, EmployerProfile, SortKey } from "~/ipc";
import { ColumnChooser } from "../record/ColumnChooser.tsx";
import list from "../record/List.module.css";
import { ListSearchField } from "../record/ListSearchField.tsx";
import { listColumns } from "../record/listColumns.tsx";
import { useFields } from "../shell/session.ts";
import styles from "./Employer.module.css";
import type { EmployerSearch } from "./search.ts";

const SHOWN = ["name", "title", "visibility", "access", "email", "work_phone"];
const BY_NAME: SortKey[] = [{ field: "name", descending: false }];

type Props = {
  profile: EmployerProfile;
  search: EmployerSearch;
  onSearch: (next: EmployerSearch, replace?: boolean) => void;
};

/** The employer's contacts in the directory. */
export function EmployerPeople({ profile, search, onSearch }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const historyKey = useLocation({ select: (location) => location.state.__TSR_key });
  const fields = useFields("contact");
  const all = useMemo(
    () =>
      listColumns("contact", fields, { name: 200, title: 180 }).filter(
        ({ key }) => key !== "employer" && key !== "approval",
      ),
    [fields],
  );
  const { columns, change } = useColumns("employer-contacts", all, SHOWN);
  const grid = useRef<GridHandle>(null);
  const searchInput = useRef<HTMLInputElement>(null);

  const sort = search.sort ?? BY_NAME;
  const filter = useMemo<Condition[]>(() => [{ field: "employer", op: "is", values: [profile.id] }], [profile.id]);
  const query = useMemo(
    () => ({ kind: "contact" as const, search: search.q ?? "", filter, sort }),
    [search.q, filter, sort],
  );
  const asked = useMemo(() => columns.filter((column) => column.key !== "name").map((column) => column.key), [columns]);
  const { source, total, error, retry } = useResultSet(query, asked);
  const setText = (q: string) =>
    onSearch({ ...search, q: q === "" ? undefined : q }, search.q !== undefined && q !== "");

  useHotkeys(t("employers.people.title"), [
    { keys: "/", label: t("employers.people.search"), run: () => searchInput.current?.focus() },
  ]);
  useHotkeys(t("grid.keys.group"), gridKeys(t, { select: false }));

  if (error) return <ErrorState error={error} onRetry={() => void retry()} />;
  return (
    <section className={styles.people} aria-labelledby="employer-people">
      <div className={styles.peopleBar}>
        <h2 id="employer-people" className={styles.heading}>
          {t("employers.people.title")}
        </h2>
        <span className={list.total} role="status">
          {total !== undefined && search.q !== undefined && t("contacts.total", { count: total })}
        </span>
        <span className={list.space} />
        <ListSearchField
          label={t("employers.people.search")}
          value={search.q ?? ""}
          onChange={setText}
          inputRef={searchInput}
          onLeave={() => grid.current?.focus()}
        />
        <ColumnChooser all={all} shown={columns} onChange={change} />
        <IconButton
          label={t("employers.people.all")}
          icon={ArrowUpRight}
          onPress={() => void navigate({ to: "/contacts", search: { filter } })}
        />
      </div>
      <Grid
        ref={grid}
        label={t("employers.people.label", { name: profile.name })}
        source={source}
        columns={columns}
        onColumnChange={change}
        sort={sort}
        onSort={(next) => onSearch({ ...search, sort: next })}
        onOpen={(row) => void navigate({ to: "/contacts/$id", params: { id: row.id }, search: {} })}
        onError={toastError}
        memoryKey={historyKey}
        autoFocus
        empty={
          <EmptyState
            icon={UsersRound}
            action={
              search.q !== undefined && (
                <Button onPress={() => onSearch({ ...search, q: undefined })}>{t("employers.people.clear")}</Button>
              )
            }
          >
            {t(search.q === undefined ? "employers.people.none" : "employers.people.filtered")}
          </EmptyState>
        }
      />
    </section>
  );
}
