import { call, commands, type ImportFilter } from "~/ipc";
import { failedLeft } from "./wizard.ts";

const PAGE = 200;

/**
 * The place in the list of the next row that can't be imported, after the one at `place` was fixed; the first one where
 * there is none below, null where none is left. `index` is the fixed row's in the file.
 */
export async function nextBad(
  session: number,
  outcome: ImportFilter | null,
  place: number,
  index: number,
): Promise<number | null> {
  const left = failedLeft();
  if (left === 0) return null;
  // Among the bad rows alone the next one moves up to the place of the one that was fixed.
  if (outcome === "failed") return place < left ? place : 0;
  let first: number | null = null;
  for (let offset = 0; offset < left; offset += PAGE) {
    const { rows } = await call(commands.importRows(session, "failed", offset, PAGE));
    first ??= rows[0]?.index ?? null;
    const below = rows.find((row) => row.index > index);
    // Without a filter every row of the file is in the list, at its own place.
    if (below) return below.index;
    if (rows.length < PAGE) break;
  }
  return first;
}
