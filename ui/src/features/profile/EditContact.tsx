import { useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { toast } from "~/components/Toast.tsx";
import { problemText } from "~/i18n/words.ts";
import {
  type ContactProfile,
  call,
  commandError,
  commands,
  type FieldConflict,
  type FieldEdit,
  type FieldValue,
} from "~/ipc";
import { RecordForm } from "../record/RecordForm.tsx";
import { useUnsaved } from "../record/useUnsaved.tsx";
import { type FormValues, fromForm, sameValue, toForm } from "../record/values.ts";
import { useFields } from "../shell/session.ts";
import { useAnnounce } from "../shell/undo.ts";
import { Conflicts } from "./Conflicts.tsx";

/** Edits a contact. Only what was changed is sent, each with the value it had when the form was opened (B2). */
export function EditContact({ profile, onClose }: { profile: ContactProfile; onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const fields = useFields("contact").filter((field) => field.editable);
  // What the form was opened with; a conflict that was settled moves the field's base to what is there now.
  const base = useRef<{ [field: string]: FieldValue }>({ ...profile.values });
  const [failed, setFailed] = useState<unknown>(null);
  const [conflicts, setConflicts] = useState<FieldConflict[]>([]);
  const { control, handleSubmit, setError, setValue, formState } = useForm<FormValues>({
    defaultValues: Object.fromEntries(fields.map((field) => [field.key, toForm(field, profile.values[field.key])])),
  });

  const { close, question } = useUnsaved(formState.isDirty, onClose);

  const submit = handleSubmit(async (values) => {
    setFailed(null);
    const edits = fields.flatMap<FieldEdit>((field) => {
      const before = base.current[field.key] ?? null;
      const after = fromForm(field, values[field.key]);
      // An unticked box and a field nobody ever filled are the same to people.
      const same =
        sameValue(before, after) ||
        (before === null && (after === false || (Array.isArray(after) && after.length === 0)));
      return same ? [] : [{ field: field.key, before, after }];
    });
    if (edits.length === 0) {
      toast(t("profile.form.unchanged"));
      return onClose();
    }
    try {
      const done = await call(commands.contactEdit(profile.id, edits));
      announce(done.operation, t("profile.form.saved", { name: profile.name, count: edits.length }));
      onClose();
    } catch (thrown) {
      const error = commandError(thrown);
      if (error.code === "conflict") return setConflicts(error.fields);
      if (error.code === "validation") {
        for (const [n, { field, problem }] of error.fields.entries())
          setError(field, { message: problemText(problem) }, { shouldFocus: n === 0 });
      }
      setFailed(thrown);
    }
  });

  const settle = (conflict: FieldConflict, keep: "mine" | "theirs") => {
    base.current[conflict.field] = conflict.theirs;
    const field = fields.find((each) => each.key === conflict.field);
    if (field)
      setValue(field.key, toForm(field, keep === "mine" ? conflict.mine : conflict.theirs), { shouldDirty: true });
    setConflicts((before) => before.filter((other) => other.field !== conflict.field));
  };

  return (
    <Dialog
      title={t("profile.form.title", { name: profile.name })}
      isOpen
      onClose={close}
      size="large"
      footer={
        <>
          <Button variant="quiet" onPress={close}>
            {t("common.cancel")}
          </Button>
          <Button
            variant="primary"
            type="submit"
            form="edit-contact"
            isDisabled={conflicts.length > 0 || formState.isSubmitting}
          >
            {t("common.save")}
          </Button>
        </>
      }
    >
      {conflicts.length > 0 ? (
        <Conflicts kind="contact" conflicts={conflicts} fields={fields} onSettle={settle} />
      ) : (
        <ErrorLine error={failed} />
      )}
      <div hidden={conflicts.length > 0}>
        <RecordForm id="edit-contact" kind="contact" fields={fields} control={control} onSubmit={submit} />
      </div>
      {question}
    </Dialog>
  );
}
