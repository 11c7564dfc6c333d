import type { ReactNode } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type FieldValue, type Id, type RecordKind } from "~/ipc";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { useFields } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { isNothing } from "../fields/edits.ts";
import { type FormValues, fromForm, toForm } from "../fields/values.ts";
import { kindCommands } from "../kinds.ts";
import type { ListWords } from "../listWords.ts";
import { useOpenRecord } from "../pages.tsx";
import { showProblems, stillWrong } from "./formErrors.ts";
import { newcomersOf, noNewcomers, placedProblems } from "./newcomers.ts";
import { RecordForm } from "./RecordForm.tsx";

type Props = {
  kind: RecordKind;
  words: ListWords;
  /** In place of "New task" and so on: "New task for Ana Ruiz". */
  title?: string | undefined;
  /** Fields that are not asked. */
  omit?: string[];
  /** What the form begins with. */
  defaults?: { [field: string]: FieldValue };
  /** Sent as well and not asked, for example the contact a task is about. */
  fixed?: { [field: string]: FieldValue };
  /** How the new record is called in "… is in the list". */
  nameOf?: (values: { [field: string]: FieldValue }) => string;
  /** Opens the record's page, where it has one and this is left out. */
  onCreated?: (id: Id) => void;
  onClose: () => void;
  /** What else happens, or doesn’t, when the record is added. */
  note?: ReactNode;
};

const byName = (values: { [field: string]: FieldValue }) => String(values.name ?? values.title ?? "");

/** "New …" for any kind of record: the form of the registry's editable fields. */
export function NewRecord({
  kind,
  words,
  title,
  omit = [],
  defaults = {},
  fixed = {},
  nameOf = byName,
  onCreated,
  onClose,
  note,
}: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const openRecord = useOpenRecord();
  const fields = useFields(kind).filter(({ key, editable }) => editable && !omit.includes(key) && !(key in fixed));
  const { control, handleSubmit, setError, formState } = useForm<FormValues>({
    defaultValues: {
      ...Object.fromEntries(fields.map((field) => [field.key, toForm(field, defaults[field.key])])),
      ...noNewcomers(fields),
    },
  });
  const create = handleSubmit(async (typed) => {
    const entered = fields
      .map((field) => [field.key, fromForm(field, typed[field.key])] as const)
      .filter(([, value]) => !isNothing(value));
    const values = { ...Object.fromEntries(entered), ...fixed };
    const people = newcomersOf(fields, typed);
    try {
      const created = await call(
        people.length > 0 ? commands.activityCreate(kind, values, people) : kindCommands(kind).create(values),
      );
      const name = nameOf(values);
      announce(created.operation, t(`${words}.added`, { name }), name ? t("shell.undo.trashed", { name }) : undefined);
      onClose();
      if (onCreated) onCreated(created.id);
      else openRecord(kind, created.id);
    } catch (thrown) {
      showProblems(placedProblems(commandError(thrown), fields, people), setError);
      throw thrown;
    }
  });
  const form = useSubmit(() => create());

  return (
    <FormDialog
      title={title ?? t(`${words}.new`)}
      onClose={onClose}
      size="large"
      act={t(`${words}.add`)}
      isDirty={formState.isDirty}
      error={stillWrong(form.failed, formState.errors)}
      form={form}
    >
      {note}
      <RecordForm kind={kind} fields={fields} control={control} />
    </FormDialog>
  );
}
