import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AttributeInfo, CHOICES, call, commands } from "~/ipc";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { ListField } from "~/kit/components/ListField.tsx";
import { RadioList } from "~/kit/components/RadioList.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { editsOf } from "~/records/fields/edits.ts";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Fields.module.css";

type ValueType = (typeof CHOICES.attribute.type)[number];

type Props = { attribute: AttributeInfo | null; onClose: () => void };

/** Defines an attribute, or edits one. Which records have it, and its type, are asked once. */
export default function AttributeDialog({ attribute, onClose }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const before = {
    name: attribute?.name ?? "",
    description: attribute?.description ?? "",
    choices: attribute?.choices.map(({ choice }) => choice) ?? [],
  };
  const [form, setForm] = useState(before);
  const [records, setRecords] = useState<string>(attribute?.records ?? "contact");
  // None is chosen beforehand: a type can't be changed later.
  const [type, setType] = useState<string | null>(attribute?.value_type ?? null);

  // Choices that records have and that are no longer in the list; Rust keeps them from being taken away.
  const inUse = attribute?.choices.filter(({ choice, records: n }) => n > 0 && !form.choices.includes(choice)) ?? [];

  const submission = useSubmit(async () => {
    if (attribute === null) {
      const { name, description, choices } = form;
      const given = type === "choice" ? choices : [];
      const values = { name, description, records, type, choices: given };
      const created = await call(commands.attributeDefine(values));
      announce(
        created.operation,
        t("attributes.defined", { name: name.trim() }),
        t("shell.undo.trashed", { name: name.trim() }),
      );
    } else {
      const done = await call(commands.attributeEdit(attribute.id, editsOf(before, form)));
      announce(done.operation, t("attributes.saved", { name: form.name.trim() }));
    }
    onClose();
  });

  return (
    <FormDialog
      form={submission}
      title={attribute === null ? t("attributes.new") : t("attributes.editTitle", { name: attribute.name })}
      onClose={onClose}
      size="medium"
      act={attribute === null ? t("attributes.define") : t("common.save")}
      isDirty={JSON.stringify(form) !== JSON.stringify(before)}
      beside={attribute === null && type !== null && <FinalType type={t(`attributes.type.${type as ValueType}`)} />}
    >
      {attribute === null && (
        <>
          <RadioList
            label={t("attributes.typeLabel")}
            hint={t("attributes.typeHint")}
            choices={CHOICES.attribute.type.map((each) => ({
              id: each,
              label: t(`attributes.type.${each}`),
              note: t(`attributes.typeNote.${each}`),
            }))}
            value={type}
            onChange={setType}
            error={submission.problem("type")}
            autoFocus
          />
          <Select
            label={t("attributes.records")}
            choices={CHOICES.attribute.records.map((kind) => ({ id: kind, label: t(`attributes.kind.${kind}`) }))}
            value={records}
            onChange={setRecords}
            error={submission.problem("records")}
          />
        </>
      )}
      <TextField
        label={t("attributes.name")}
        isRequired
        validationBehavior="aria"
        value={form.name}
        onChange={(name) => setForm({ ...form, name })}
        error={submission.problem("name")}
        autoFocus={attribute !== null}
      />
      {type === "choice" && (
        <ListField
          label={t("attributes.choices")}
          hint={
            inUse.length > 0
              ? inUse.map(({ choice, records: count }) => t("attributes.choiceInUse", { choice, count })).join(" ")
              : t("common.listHint")
          }
          validationBehavior="aria"
          value={form.choices}
          onChange={(choices) => setForm({ ...form, choices })}
          error={submission.problem("choices")}
        />
      )}
      <TextField
        label={t("attributes.description")}
        value={form.description}
        onChange={(description) => setForm({ ...form, description })}
        error={submission.problem("description")}
      />
    </FormDialog>
  );
}

/** Beside the button: what can't be changed once it was pressed. */
function FinalType({ type }: { type: string }) {
  const { t } = useTranslation();
  return <p className={styles.final}>{t("attributes.final", { type })}</p>;
}
