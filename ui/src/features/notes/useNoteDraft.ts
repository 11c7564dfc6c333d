import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { call, commandError, commands, type Id } from "~/ipc";
import { toastError } from "~/kit/components/Toast.tsx";
import { problemText } from "~/kit/i18n/words.ts";

/** Whom a note is about. */
export type NoteSubject = { kind: "contact" | "student"; id: Id };

/** A pause this long in typing, and what was typed is kept. */
const PAUSE_MS = 400;

/** Writes under way: whoever reads a draft right after leaving it gets the last one. */
const writes = new Map<string, Promise<unknown>>();

/**
 * The text of a note while it is written. What was typed and not saved is kept in the database, by record and person,
 * and is there again after the page was left or Liaison was closed. `note` is the note that is changed, null for a new
 * one; `saved` is its text.
 */
export function useNoteDraft({ kind, id }: NoteSubject, note: Id | null, saved: string) {
  const client = useQueryClient();
  const key = `${id} ${note}`;
  const [text, setText] = useState(saved);
  const [error, setError] = useState<string>();
  const typed = useRef(saved);
  const kept = useRef(saved);
  const timer = useRef(0);

  const draft = useQuery({
    queryKey: ["notes", "draft", id, note],
    queryFn: async () => {
      await writes.get(key);
      return call(commands.noteDraft(kind, id, note));
    },
    gcTime: 0,
    // What is in the field is newer than what could be read again.
    staleTime: Number.POSITIVE_INFINITY,
  }).data;

  const keep = useCallback(() => {
    window.clearTimeout(timer.current);
    const now = typed.current;
    const was = kept.current;
    if (now === was) return;
    kept.current = now;
    // One after the other: the last one stays.
    const write = Promise.resolve(writes.get(key))
      .then(() => call(commands.noteDraftKeep(kind, id, note, now === saved ? "" : now)))
      .then(() => {
        setError(undefined);
        // The page and its list of notes say whether there is a draft.
        const isDraft = (some: string) => some.trim() !== "" && some !== saved;
        if (isDraft(now) === isDraft(was)) return;
        void client.invalidateQueries({ queryKey: kind === "contact" ? ["contacts", "profile", id] : ["students"] });
        if (note !== null) void client.invalidateQueries({ queryKey: ["notes", "list", id] });
      })
      .catch((thrown) => {
        const detail = commandError(thrown);
        if (detail.code === "validation" && detail.fields[0]) setError(problemText(detail.fields[0].problem));
        else if (detail.code !== "locked") toastError(thrown);
      })
      .finally(() => {
        if (writes.get(key) === write) writes.delete(key);
      });
    writes.set(key, write);
  }, [client, kind, id, note, saved, key]);

  const change = (next: string) => {
    typed.current = next;
    setText(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(keep, PAUSE_MS);
  };
  const discard = () => {
    typed.current = saved;
    setText(saved);
    setError(undefined);
    keep();
  };

  const read = useRef(false);
  useEffect(() => {
    if (read.current || !draft) return;
    read.current = true;
    kept.current = draft.text;
    // Somebody was faster than the answer: nothing of either is lost.
    typed.current = typed.current === saved ? draft.text : `${draft.text}\n${typed.current}`;
    setText(typed.current);
  }, [draft, saved]);

  useEffect(() => {
    window.addEventListener("pagehide", keep);
    return () => {
      window.removeEventListener("pagehide", keep);
      keep();
    };
  }, [keep]);

  return { text, change, discard, error, setError, isDraft: text.trim() !== "" && text !== saved };
}
