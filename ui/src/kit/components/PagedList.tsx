import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { Fragment, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CacheTag } from "~/ipc";
import { byDay, dayLabel } from "../i18n/days.ts";
import sections from "../layout/Sections.module.css";
import { Button } from "./Button.tsx";
import styles from "./PagedList.module.css";
import { ErrorState, Skeleton } from "./States.tsx";

/** A piece of a long list; `total` counts the whole. */
type Page<T> = { rows: T[]; total: number };
/** Where the next page begins: after so many entries, or after the last one read, as the command likes. */
type Place<T> = { offset: number; after: T | null };
type Paged<T> = UseInfiniteQueryResult<InfiniteData<Page<T>>>;

/** Reads a long list page by page: what is shown at first costs the same for five entries and for five thousand. */
export function usePaged<T>({
  key,
  read,
  size = 50,
  tags,
}: {
  /** Begins with the cache tag of what is read. */
  key: [CacheTag, ...unknown[]];
  read: (place: Place<T>, limit: number) => Promise<Page<T>>;
  size?: number;
  /** Other kinds whose changes show in the list. */
  tags?: CacheTag[];
}): Paged<T> {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam, size),
    initialPageParam: { offset: 0, after: null } as Place<T>,
    getNextPageParam: (page, pages) => {
      const offset = pages.reduce((sum, each) => sum + each.rows.length, 0);
      return page.rows.length > 0 && offset < page.total ? { offset, after: page.rows.at(-1) ?? null } : undefined;
    },
    ...(tags ? { meta: { tags } } : {}),
  });
}

type Props<T> = {
  label: string;
  paged: Paged<T>;
  idOf: (row: T) => string;
  /** When it happened, in milliseconds: the list then has a heading for each day. */
  dayOf?: (row: T) => number;
  /** The list is a table with these columns; `children` are then the cells of a row. */
  columns?: readonly string[];
  /** Shown where there is nothing: an `EmptyState` with one act. */
  empty: ReactNode;
  size?: number;
  children: (row: T) => ReactNode;
};

/** A list or timeline that is read on by "Show … more"; the focus then goes to the first entry that came. */
export function PagedList<T>({ label, paged, idOf, dayOf, columns, empty, size = 50, children }: Props<T>) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const [goTo, setGoTo] = useState<number | null>(null);
  const rows = paged.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = paged.data?.pages[0]?.total ?? 0;

  useEffect(() => {
    if (goTo === null || rows.length <= goTo) return;
    list.current?.querySelectorAll<HTMLElement>("[data-entry]")[goTo]?.focus();
    setGoTo(null);
  }, [goTo, rows.length]);

  if (paged.error) return <ErrorState error={paged.error} onRetry={() => void paged.refetch()} />;
  if (!paged.data) return <Skeleton lines={6} />;
  if (rows.length === 0) return empty;
  const entries = (part: T[], name: string) => (
    <ul className={styles.entries} aria-label={name}>
      {part.map((row) => (
        <li key={idOf(row)} className={styles.entry} tabIndex={-1} data-entry>
          {children(row)}
        </li>
      ))}
    </ul>
  );
  const table = (headings: readonly string[]) => (
    <div className={styles.table}>
      <table className={sections.table} aria-label={label}>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={idOf(row)} tabIndex={-1} data-entry>
              {children(row)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  const now = Date.now();
  return (
    <div ref={list} className={styles.paged}>
      {dayOf
        ? byDay(rows.map((row) => ({ at: dayOf(row), row }))).map(({ day, rows: part }) => (
            <Fragment key={day}>
              <h3 className={styles.day}>{dayLabel(day, now)}</h3>
              {entries(
                part.map(({ row }) => row),
                dayLabel(day, now),
              )}
            </Fragment>
          ))
        : columns
          ? table(columns)
          : entries(rows, label)}
      {paged.hasNextPage && (
        <div className={styles.rest}>
          <span role="status">{t("record.paged.shown", { shown: rows.length, total })}</span>
          <Button
            size="small"
            isDisabled={paged.isFetchingNextPage}
            onPress={() => {
              setGoTo(rows.length);
              void paged.fetchNextPage();
            }}
          >
            {t("record.paged.more", { count: Math.min(size, total - rows.length) })}
          </Button>
        </div>
      )}
    </div>
  );
}
