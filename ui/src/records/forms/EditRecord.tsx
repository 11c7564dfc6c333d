import { useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type FieldConflict, type FieldValue, type Id, type RecordKind } from "~/ipc";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { toast } from "~/kit/components/Toast.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { useFields } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { editsOf } from "../fields/edits.ts";
import { type FormValues, fromForm, toForm } from "../fields/values.ts";
import { kindCommands } from "../kinds.ts";
import { Conflicts } from "./Conflicts.tsx";
import { showProblems } from "./formErrors.ts";
import { newcomersOf, noNewcomers, placedProblems } from "./newcomers.ts";
import { RecordForm } from "./RecordForm.tsx";

type Props = {
  kind: RecordKind;
  record: { id: Id; name: string; values: { [field: string]: FieldValue } };
  /** Fields that are not asked. */
  omit?: string[];
  onClose: () => void;
};

/** Edits a record of any kind. Only what was changed is sent, each with the value it had when the form opened (B2). */
export default function EditRecord({ kind, record, omit = [], onClose }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const fields = useFields(kind).filter(({ key, editable }) => editable && !omit.includes(key));
  // What the form was opened with; a conflict that was settled moves the field's base to what is there now.
  const base = useRef<{ [field: string]: FieldValue | undefined }>({ ...record.values });
  const [conflicts, setConflicts] = useState<FieldConflict[]>([]);
  const { control, handleSubmit, setError, setValue, formState } = useForm<FormValues>({
    defaultValues: {
      ...Object.fromEntries(fields.map((field) => [field.key, toForm(field, record.values[field.key])])),
      ...noNewcomers(fields),
    },
  });

  const save = handleSubmit(async (typed) => {
    const after = Object.fromEntries(fields.map((field) => [field.key, fromForm(field, typed[field.key])]));
    const people = newcomersOf(fields, typed);
    // Where somebody new is named, whoever stood there before goes by itself.
    const edits = editsOf(base.current, after).filter(({ field }) => people.every(({ place }) => place !== field));
    if (edits.length + people.length === 0) {
      toast(t("record.form.unchanged"));
      return onClose();
    }
    const { edit } = kindCommands(kind);
    try {
      const done = await call(
        people.length > 0 ? commands.activityEdit(kind, record.id, edits, people, []) : edit(record.id, edits),
      );
      announce(done.operation, t("record.form.saved", { name: record.name, count: edits.length + people.length }));
      onClose();
    } catch (thrown) {
      const error = commandError(thrown);
      if (error.code === "conflict") return setConflicts(error.fields);
      showProblems(placedProblems(error, fields, people), setError);
      throw thrown;
    }
  });
  const form = useSubmit(() => save());

  const settle = (conflict: FieldConflict, keep: "mine" | "theirs") => {
    base.current[conflict.field] = conflict.theirs;
    const field = fields.find((each) => each.key === conflict.field);
    if (field)
      setValue(field.key, toForm(field, keep === "mine" ? conflict.mine : conflict.theirs), { shouldDirty: true });
    setConflicts((before) => before.filter((other) => other.field !== conflict.field));
  };

  return (
    <FormDialog
      title={t("record.form.title", { name: record.name })}
      onClose={onClose}
      size="large"
      act={t("common.save")}
      isDirty={formState.isDirty}
      isDisabled={conflicts.length > 0}
      error={conflicts.length > 0 ? null : form.failed}
      form={form}
    >
      {conflicts.length > 0 && <Conflicts kind={kind} conflicts={conflicts} fields={fields} onSettle={settle} />}
      <div hidden={conflicts.length > 0}>
        <RecordForm kind={kind} fields={fields} control={control} />
      </div>
    </FormDialog>
  );
}
