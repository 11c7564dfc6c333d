import type { Id } from "~/ipc";

/** Most rows the contract gives at once. */
const MOST = 200;

/** The ids of a whole list except some, read page by page. */
export async function readIds(
  read: (offset: number, limit: number) => Promise<{ rows: { id: Id }[] }>,
  except: ReadonlySet<Id>,
): Promise<Id[]> {
  const ids: Id[] = [];
  for (;;) {
    const { rows } = await read(ids.length, MOST);
    ids.push(...rows.map(({ id }) => id));
    if (rows.length < MOST) return ids.filter((id) => !except.has(id));
  }
}
