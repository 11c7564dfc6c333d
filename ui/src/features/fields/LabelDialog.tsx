import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { call, commands, type Id, type LabelInfo } from "~/ipc";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { choiceLabel } from "~/kit/i18n/words.ts";
import { editsOf } from "~/records/fields/edits.ts";
import { useFields } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Fields.module.css";
import { usePreviewWords, useRenameLabel } from "./useRenameLabel.ts";

/** Defines a label, or edits one. A new name is written to every record that has the label. */
export default function LabelDialog({ label, onClose }: { label: LabelInfo | null; onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const rename = useRenameLabel();
  const words = usePreviewWords();
  const colors = useFields("label").find(({ key }) => key === "color")?.field_type;
  const tints = colors?.type === "choice" ? colors.choices : [];
  const color: string = label?.color ?? "grey";
  const before = { name: label?.name ?? "", color, description: label?.description ?? "" };
  const [form, setForm] = useState(before);
  const name = form.name.trim();
  const renames = label !== null && name !== label.name && name !== "";
  const preview = useQuery({
    queryKey: ["labels", "preview", label?.name, name],
    queryFn: () => call(commands.labelRenamePreview(label?.name ?? "", name)),
    enabled: renames,
    gcTime: 0,
    retry: false,
  });

  const submission = useSubmit(async () => {
    // Tint and description first: a label that becomes another one has no definition of its own afterwards.
    let operation: Id | null = null;
    if (label === null || label.id === null) {
      const named = label?.name ?? name;
      operation = (await call(commands.labelDefine({ ...form, name: named }))).operation;
    } else {
      const { color, description } = form;
      const edits = editsOf(label, { color, description });
      if (edits.length > 0) operation = (await call(commands.labelEdit(label.id, edits))).operation;
    }
    if (operation !== null) announce(operation, t("labels.saved", { name: label?.name ?? name }));
    if (renames) {
      const done = await rename(label.name, name);
      announce(done.operation, t("labels.renamed", { name, count: done.changed }));
    }
    onClose();
  });

  return (
    <FormDialog
      form={submission}
      title={label === null ? t("labels.new") : t("labels.editTitle", { name: label.name })}
      onClose={onClose}
      size="medium"
      act={t(label === null ? "labels.define" : renames && preview.data?.merges ? "labels.merge" : "common.save")}
      isDirty={JSON.stringify(form) !== JSON.stringify(before)}
    >
      <TextField
        label={t("labels.name")}
        isRequired
        validationBehavior="aria"
        value={form.name}
        onChange={(next) => setForm({ ...form, name: next })}
        error={submission.problem("name")}
        hint={renames && preview.data ? words(preview.data, name).join(" ") : undefined}
        autoFocus
      />
      <RadioGroup
        className={styles.tints ?? ""}
        value={form.color}
        onChange={(next) => setForm({ ...form, color: next })}
      >
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
        error={submission.problem("description")}
      />
    </FormDialog>
  );
}
