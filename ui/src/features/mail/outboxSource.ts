import { useMemo } from "react";
import { call, commands, type Id, type OutboxRow, type OutboxState } from "~/ipc";
import { type RowSource, rowSource } from "~/kit/grid/windows.ts";
import { i18next } from "~/kit/i18n/index.ts";

/** A message as people here may read it: where it is withheld to whom it goes, words stand for the name. */
export const namedRow = (row: OutboxRow): OutboxRow =>
  row.withheld
    ? { ...row, name: i18next.t(row.employer_user ? "mail.outbox.privateProfile" : "mail.outbox.private") }
    : row;

/** Reads a part of the messages in a state, or of all. */
export async function readOutbox(state: OutboxState | null, offset: number, limit: number) {
  const page = await call(commands.outboxList({ state, mailing: null, to: null }, offset, limit));
  return { ...page, rows: page.rows.map(namedRow) };
}

/** Reads one message. */
export async function readMessage(id: Id) {
  const message = await call(commands.outboxGet(id));
  return { ...message, row: namedRow(message.row) };
}

/** Messages in a state, or all, read as far as they are in sight; anew when `counted` moves on. */
export function useOutboxSource(state: OutboxState | null, total: number, counted: number): RowSource<OutboxRow> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted again, its rows may be others.
  return useMemo(
    () =>
      rowSource({
        query: state ?? "",
        total,
        getWindow: async (offset, limit) => (await readOutbox(state, offset, limit)).rows,
      }),
    [state, total, counted],
  );
}
