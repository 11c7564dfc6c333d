import { Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { CHOICES, call, commandError, commands, type FieldEdit, type MailTemplate } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useLeaving } from "~/kit/components/useLeaving.tsx";
import { useRested } from "~/kit/components/useRested.ts";
import { problemsOf } from "~/kit/components/useSubmit.ts";
import frame from "~/kit/layout/Frame.module.css";
import row from "~/kit/layout/Row.module.css";
import { useAnnounce } from "~/session/undo.ts";
import { MessageFields } from "./MessageFields.tsx";
import { MessagePreview } from "./MessagePreview.tsx";
import { isWritten } from "./queries.ts";
import styles from "./Templates.module.css";
import { useLivePreview } from "./useDraft.ts";
import { purposeText } from "./words.ts";

const FIELDS = ["name", "purpose", "subject", "text"] as const;

type Props = {
  template: MailTemplate;
  isNew: boolean;
  canManage: boolean;
  onDirty: (dirty: boolean) => void;
  onOpen: (template: string) => void;
};

/** A template with its live preview. What ships with the product is kept under a name of one's own. */
export function TemplateEditor({ template, isNew, canManage, onDirty, onOpen }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const isStandard = template.id === null && !isNew;
  const before = {
    name: isStandard ? t(`mail.templates.standardName.${template.purpose as "welcome"}`) : template.name,
    purpose: template.purpose,
    subject: template.subject,
    text: template.text,
  };
  const [form, setForm] = useState(before);
  const [failed, setFailed] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const isDirty = JSON.stringify(form) !== JSON.stringify(before);
  const leaving = useLeaving(isDirty);
  useEffect(() => {
    onDirty(isDirty);
    return () => onDirty(false);
  }, [isDirty, onDirty]);

  const rested = useRested(form);
  const draft = { subject: rested.subject, text: rested.text };
  const preview = useLivePreview(
    ["mail", "preview", draft, rested.purpose],
    () => call(commands.mailPreview(draft, rested.purpose, null)),
    isWritten(draft),
  );
  const live = problemsOf(preview.error);
  const refused = problemsOf(failed);
  const problem = (field: string) => live(field) ?? refused(field);

  const save = async () => {
    if (saving || !isDirty) return;
    setSaving(true);
    setFailed(null);
    const name = form.name.trim();
    try {
      if (template.id === null) {
        const created = await call(commands.mailTemplateCreate(form));
        announce(created.operation, t("mail.templates.created", { name }), t("shell.undo.trashed", { name }));
        onOpen(created.id);
      } else {
        const edits = FIELDS.flatMap<FieldEdit>((field) =>
          form[field] === before[field] ? [] : [{ field, before: before[field] || null, after: form[field] }],
        );
        const done = await call(commands.mailTemplateEdit(template.id, edits));
        announce(done.operation, t("mail.templates.saved", { name }), t("shell.undo.changes", { what: template.name }));
      }
    } catch (thrown) {
      setFailed(thrown);
    } finally {
      setSaving(false);
    }
  };
  const remove = async () => {
    if (template.id === null) return;
    setDeleting(false);
    try {
      const done = await call(commands.mailTemplateDelete(template.id));
      announce(
        done.operation,
        t("mail.templates.deleted", { name: template.name }),
        t("trash.deleted.again", { name: template.name }),
      );
    } catch (thrown) {
      toastError(thrown);
    }
  };
  useHotkeys(t("mail.tabs.templates"), [
    { keys: "Ctrl+S", label: t("common.save"), run: () => void save(), enabled: isDirty && canManage },
  ]);

  return (
    <>
      <Scrollable label={form.name || t("mail.templates.newName")} className={frame.scrollBeside}>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          {!canManage && <p className={styles.note}>{t("mail.templates.viewOnly")}</p>}
          <div className={styles.names}>
            <TextField
              label={t("mail.templates.name")}
              value={form.name}
              onChange={(name) => setForm({ ...form, name })}
              error={problem("name")}
              validationBehavior="aria"
              isReadOnly={!canManage}
              autoFocus={isNew}
            />
            <Select
              label={t("mail.templates.purpose")}
              choices={CHOICES.mail_template.purpose.map((id) => ({ id, label: purposeText(id) }))}
              value={form.purpose}
              onChange={(purpose) => setForm({ ...form, purpose })}
              isDisabled={!canManage || isStandard}
              hint={t(`mail.purposeNote.${form.purpose}`)}
            />
          </div>
          <MessageFields
            draft={form}
            onChange={({ subject, text }) => setForm({ ...form, subject, text })}
            problem={problem}
            isReadOnly={!canManage}
            rows={14}
          />
          {failed !== null && commandError(failed).code !== "validation" && <ErrorLine error={failed} />}
          {canManage && (
            <div className={row.wrap}>
              <Button variant="primary" type="submit" isDisabled={!isDirty || saving} hotkey="Ctrl+S">
                {isNew ? t("mail.templates.create") : isStandard ? t("mail.templates.keepOwn") : t("common.save")}
              </Button>
              {isDirty && (
                <Button variant="quiet" onPress={() => setForm(before)}>
                  {t("institution.reset")}
                </Button>
              )}
              {template.id !== null && !isDirty && (
                <Button variant="quiet" icon={Trash2} onPress={() => setDeleting(true)}>
                  {t("mail.templates.delete")}
                </Button>
              )}
            </div>
          )}
        </form>
      </Scrollable>
      <aside className={`${frame.aside} ${styles.aside}`}>
        <MessagePreview preview={preview.data} isStale={preview.error !== null && preview.data !== undefined} />
      </aside>
      {leaving}
      <ConfirmDialog
        title={t("mail.templates.deleteTitle", { name: template.name })}
        sentences={[
          t("mail.templates.deleteNote"),
          ...(template.purpose === "outreach" ? [] : [t("mail.templates.deleteStandard")]),
        ]}
        act={t("mail.templates.delete")}
        destructive
        isOpen={deleting}
        onClose={() => setDeleting(false)}
        onConfirm={() => void remove()}
      />
    </>
  );
}
