import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { TextField } from "~/components/TextField.tsx";
import { choiceLabel, problemText } from "~/i18n/words.ts";
import { call, commandError, commands, type FieldEdit, type Id, type LabelInfo } from "~/ipc";
import { useUnsaved } from "../record/useUnsaved.tsx";
import { useFields } from "../shell/session.ts";
import { useAnnounce } from "../shell/undo.ts";
import styles from "./Fields.module.css";
import { usePreviewWords, useRenameLabel } from "./useRenameLabel.ts";

/** Defines a label, or edits one. A new name is written to every record that has the label. */
export default function LabelDialog({ label, onClose }: { label: LabelInfo | null; onClose: () => void }) {
  const { t } = useTranslation();
  const formId = useId();
  const announce = useAnnounce();
  const rename = useRenameLabel();
  const words = usePreviewWords();
  const colors = useFields("label").find(({ key }) => key === "color")?.field_type;
  const tints = colors?.type === "choice" ? colors.choices : [];
  const before = { name: label?.name ?? "", color: label?.color ?? "grey", description: label?.description ?? "" };
  const [form, setForm] = useState(before);
  const [failed, setFailed] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const { close, question } = useUnsaved(JSON.stringify(form) !== JSON.stringify(before), onClose);
  const name = form.name.trim();
  const renames = label !== null && name !== label.name && name !== "";
  const preview = useQuery({
    queryKey: ["labels", "preview", label?.name, name],
    queryFn: () => call(commands.labelRenamePreview(label?.name ?? "", name)),
    enabled: renames,
    gcTime: 0,
    retry: false,
  });

  const error = failed === null ? null : commandError(failed);
  const problem = (field: string) => {
    const found = error?.code === "validation" ? error.fields.find((each) => each.field === field) : undefined;
    return found && problemText(found.problem);
  };

  const save = async () => {
    setSaving(true);
    setFailed(null);
    try {
      // Tint and description first: a label that becomes another one has no definition of its own afterwards.
      let operation: Id | null = null;
      if (label === null || label.id === null) {
        const named = label?.name ?? name;
        operation = (await call(commands.labelDefine({ ...form, name: named }))).operation;
      } else {
        const edits = (["color", "description"] as const).flatMap<FieldEdit>((field) =>
          before[field] === form[field]
            ? []
            : [{ field, before: label[field] === "" ? null : label[field], after: form[field] }],
        );
        if (edits.length > 0) operation = (await call(commands.labelEdit(label.id, edits))).operation;
      }
      if (operation !== null) announce(operation, t("labels.saved", { name: label?.name ?? name }));
      if (renames) {
        const done = await rename(label.name, name);
        announce(done.operation, t("labels.renamed", { name, count: done.changed }));
      }
      onClose();
    } catch (thrown) {
      setFailed(thrown);
      setSaving(false);
    }
  };

  return (
    <Dialog
      title={label === null ? t("labels.new") : t("labels.editTitle", { name: label.name })}
      isOpen
      onClose={close}
      size="medium"
      footer={
        <>
          <Button variant="quiet" onPress={close}>
            {t("common.cancel")}
          </Button>
          <Button variant="primary" type="submit" form={formId} isDisabled={saving}>
            {label === null
              ? t("labels.define")
              : renames && preview.data?.merges
                ? t("labels.merge")
                : t("common.save")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {error?.code !== "validation" && <ErrorLine error={failed} />}
        <TextField
          label={t("labels.name")}
          isRequired
          validationBehavior="aria"
          value={form.name}
          onChange={(next) => setForm({ ...form, name: next })}
          error={problem("name")}
          hint={renames && preview.data ? words(preview.data, name).join(" ") : undefined}
          autoFocus
        />
        <RadioGroup className={styles.tints ?? ""} value={form.color} onChange={(color) => setForm({ ...form, color })}>
          <Label className={styles.tintsLabel ?? ""}>{t("labels.color")}</Label>
          <div className={styles.tintList}>
            {tints.map((tint) => (
              <Radio key={tint} value={tint} className={styles.tint ?? ""} data-tint={tint}>
                {choiceLabel("color", tint)}
              </Radio>
            ))}
          </div>
        </RadioGroup>
        <TextField
          label={t("labels.description")}
          value={form.description}
          onChange={(description) => setForm({ ...form, description })}
          error={problem("description")}
        />
      </form>
      {question}
    </Dialog>
  );
}
