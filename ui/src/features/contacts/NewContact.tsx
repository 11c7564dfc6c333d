import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { problemText } from "~/i18n/words.ts";
import { call, commandError, commands } from "~/ipc";
import { RecordForm } from "../record/RecordForm.tsx";
import { useUnsaved } from "../record/useUnsaved.tsx";
import { type FormValues, fromForm, toForm } from "../record/values.ts";
import { useFields } from "../shell/session.ts";
import { useAnnounce } from "../shell/undo.ts";

/** "New contact": the form of the registry's editable fields. It goes straight into the directory (M2, M3). */
export function NewContact({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return isOpen ? <NewContactDialog onClose={onClose} title={t("contacts.new")} /> : null;
}

function NewContactDialog({ onClose, title }: { onClose: () => void; title: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const fields = useFields("contact").filter(
    (field) => field.editable && field.key !== "owner" && field.key !== "auto_sync",
  );
  const [failed, setFailed] = useState<unknown>(null);
  const { control, handleSubmit, setError, formState } = useForm<FormValues>({
    defaultValues: Object.fromEntries(
      fields.map((field) => [field.key, toForm(field, field.key === "visibility" ? "career_advisors" : null)]),
    ),
  });

  const { close, question } = useUnsaved(formState.isDirty, onClose);

  const submit = handleSubmit(async (values) => {
    setFailed(null);
    const entered = fields
      .map((field) => [field.key, fromForm(field, values[field.key])] as const)
      .filter(([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0));
    try {
      const created = await call(commands.contactCreate(Object.fromEntries(entered)));
      const name = [values.first_name, values.last_name].filter(Boolean).join(" ");
      announce(created.operation, t("contacts.added", { name }));
      onClose();
      void navigate({ to: "/contacts/$id", params: { id: created.id }, search: {} });
    } catch (thrown) {
      const error = commandError(thrown);
      if (error.code === "validation") {
        for (const [n, { field, problem }] of error.fields.entries())
          setError(field, { message: problemText(problem) }, { shouldFocus: n === 0 });
      }
      setFailed(thrown);
    }
  });

  return (
    <Dialog
      title={title}
      isOpen
      onClose={close}
      size="large"
      footer={
        <>
          <Button variant="quiet" onPress={close}>
            {t("common.cancel")}
          </Button>
          <Button variant="primary" type="submit" form="new-contact" isDisabled={formState.isSubmitting}>
            {t("contacts.add")}
          </Button>
        </>
      }
    >
      <ErrorLine error={failed} />
      <RecordForm id="new-contact" kind="contact" fields={fields} control={control} onSubmit={submit} />
      {question}
    </Dialog>
  );
}
