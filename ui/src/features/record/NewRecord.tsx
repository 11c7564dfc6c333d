import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { call, commandError, commands, type FieldValue, type Id, kindCommands, type RecordKind } from "~/ipc";
import { useFields } from "../shell/session.ts";
import { useAnnounce } from "../shell/undo.ts";
import { isNothing } from "./edits.ts";
import { showProblems } from "./formErrors.ts";
import type { ListWords } from "./listWords.ts";
import { newcomersOf, noNewcomers, placedProblems } from "./newcomers.ts";
import { useOpenRecord } from "./pages.tsx";
import { RecordForm } from "./RecordForm.tsx";
import { useUnsaved } from "./useUnsaved.tsx";
import { type FormValues, fromForm, toForm } from "./values.ts";

type Props = {
  kind: RecordKind;
  words: ListWords;
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
};

const byName = (values: { [field: string]: FieldValue }) => String(values.name ?? values.title ?? "");

/** "New …" for any kind of record: the form of the registry's editable fields. */
export function NewRecord({
  kind,
  words,
  omit = [],
  defaults = {},
  fixed = {},
  nameOf = byName,
  onCreated,
  onClose,
}: Props) {
  const { t } = useTranslation();
  const formId = useId();
  const announce = useAnnounce();
  const openRecord = useOpenRecord();
  const fields = useFields(kind).filter(({ key, editable }) => editable && !omit.includes(key) && !(key in fixed));
  const [failed, setFailed] = useState<unknown>(null);
  const { control, handleSubmit, setError, formState } = useForm<FormValues>({
    defaultValues: {
      ...Object.fromEntries(fields.map((field) => [field.key, toForm(field, defaults[field.key])])),
      ...noNewcomers(fields),
    },
  });
  const { close, question } = useUnsaved(formState.isDirty, onClose);

  const submit = handleSubmit(async (typed) => {
    setFailed(null);
    const entered = fields
      .map((field) => [field.key, fromForm(field, typed[field.key])] as const)
      .filter(([, value]) => !isNothing(value));
    const values = { ...Object.fromEntries(entered), ...fixed };
    const { create } = kindCommands(kind);
    const people = newcomersOf(fields, typed);
    try {
      const created = await call(people.length > 0 ? commands.activityCreate(kind, values, people) : create(values));
      announce(created.operation, t(`${words}.added`, { name: nameOf(values) }));
      onClose();
      if (onCreated) onCreated(created.id);
      else openRecord(kind, created.id);
    } catch (thrown) {
      showProblems(placedProblems(commandError(thrown), fields, people), setError);
      setFailed(thrown);
    }
  });

  return (
    <Dialog
      title={t(`${words}.new`)}
      isOpen
      onClose={close}
      size="large"
      footer={
        <>
          <Button variant="quiet" onPress={close}>
            {t("common.cancel")}
          </Button>
          <Button variant="primary" type="submit" form={formId} isDisabled={formState.isSubmitting}>
            {t(`${words}.add`)}
          </Button>
        </>
      }
    >
      <ErrorLine error={failed} />
      <RecordForm id={formId} kind={kind} fields={fields} control={control} onSubmit={submit} />
      {question}
    </Dialog>
  );
}
