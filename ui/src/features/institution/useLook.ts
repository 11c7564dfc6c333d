import { useState } from "react";
import { call, commands, type Done, type FieldEdit, type InstitutionLook, type LookPreview } from "~/ipc";
import { useRested } from "~/kit/components/useRested.ts";
import { problemsOf } from "~/kit/components/useSubmit.ts";
import { problemText } from "~/kit/i18n/words.ts";
import { useLivePreview } from "../mail/useDraft.ts";

/** The institution's look while somebody changes it: what is typed, how it would look, what is wrong with it. */
export function useLook(before: InstitutionLook) {
  const [form, setForm] = useState(before);
  const [failed, setFailed] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const rested = useRested(form);
  const preview = useLivePreview<LookPreview>(
    ["institution", "preview", rested],
    () => call(commands.institutionPreview(rested)),
    true,
  );
  const refused = problemsOf(failed);
  const found = preview.data?.problems ?? [];
  const problem = (field: keyof InstitutionLook) => {
    const live = found.find((each) => each.field === field);
    return live ? problemText(live.problem) : refused(field);
  };
  const isDirty = JSON.stringify(form) !== JSON.stringify(before);

  /** Saves what differs; gives nothing back where there is nothing to save, or it was refused. */
  const save = async (): Promise<Done | undefined> => {
    if (saving || !isDirty) return undefined;
    setSaving(true);
    setFailed(null);
    try {
      const edits = (Object.keys(before) as (keyof InstitutionLook)[]).flatMap<FieldEdit>((field) =>
        before[field] === form[field] ? [] : [{ field, before: before[field] || null, after: form[field] || null }],
      );
      return await call(commands.institutionEdit(edits));
    } catch (thrown) {
      setFailed(thrown);
      return undefined;
    } finally {
      setSaving(false);
    }
  };

  const set = (change: Partial<InstitutionLook>) => setForm((now) => ({ ...now, ...change }));
  const reset = () => setForm(before);
  return { form, set, reset, save, problem, preview, isDirty, saving, failed, setFailed };
}

export type LookDraft = ReturnType<typeof useLook>;
