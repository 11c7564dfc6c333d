import { type Id, LIMITS } from "~/ipc";

/** The ids of a whole list except some, read page by page. */
export async function readIds(
  read: (offset: number, limit: number) => Promise<{ rows: { id: Id }[] }>,
  except: ReadonlySet<Id>,
): Promise<Id[]> {
  const ids: Id[] = [];
  for (;;) {
    const { rows } = await read(ids.length, LIMITS.window_rows);
    ids.push(...rows.map(({ id }) => id));
    if (rows.length < LIMITS.window_rows) return ids.filter((id) => !except.has(id));
  }
}
