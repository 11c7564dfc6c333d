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

/** "New employer". An employer can have no people at all (M50). */
export function NewEmployer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const fields = useFields("employer").filter((field) => field.editable);
  const [failed, setFailed] = useState<unknown>(null);
  const { control, handleSubmit, setError, formState } = useForm<FormValues>({
    defaultValues: Object.fromEntries(fields.map((field) => [field.key, toForm(field, null)])),
  });

  const { close, question } = useUnsaved(formState.isDirty, onClose);

  const submit = handleSubmit(async (values) => {
    setFailed(null);
    const entered = fields
      .map((field) => [field.key, fromForm(field, values[field.key])] as const)
      .filter(([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0));
    try {
      const created = await call(commands.employerCreate(Object.fromEntries(entered)));
      announce(created.operation, t("employers.added", { name: String(values.name ?? "").trim() }));
      onClose();
      void navigate({ to: "/employers/$id", params: { id: created.id }, search: {} });
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
      title={t("employers.new")}
      isOpen
      onClose={close}
      size="large"
      footer={
        <>
          <Button variant="quiet" onPress={close}>
            {t("common.cancel")}
          </Button>
          <Button variant="primary" type="submit" form="new-employer" isDisabled={formState.isSubmitting}>
            {t("employers.add")}
          </Button>
        </>
      }
    >
      <ErrorLine error={failed} />
      <RecordForm id="new-employer" kind="employer" fields={fields} control={control} onSubmit={submit} />
      {question}
    </Dialog>
  );
}
