import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { ListField } from "~/components/ListField.tsx";
import { Select } from "~/components/Select.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { TextField } from "~/components/TextField.tsx";
import { problemText } from "~/i18n/words.ts";
import { type AttributeInfo, call, commandError, commands, type FieldEdit } from "~/ipc";
import { useUnsaved } from "../record/useUnsaved.tsx";
import { useAnnounce } from "../shell/undo.ts";
import { KINDS } from "./Attributes.tsx";
import styles from "./Fields.module.css";

const TYPES = ["text", "number", "date", "yes_no", "choice"] as const;

type Props = { attribute: AttributeInfo | null; onClose: () => void };

/** Defines an attribute, or edits one. Which records have it, and its type, are asked once. */
export default function AttributeDialog({ attribute, onClose }: Props) {
  const { t } = useTranslation();
  const formId = useId();
  const announce = useAnnounce();
  const before = {
    name: attribute?.name ?? "",
    description: attribute?.description ?? "",
    choices: attribute?.choices.map(({ choice }) => choice) ?? [],
  };
  const [form, setForm] = useState(before);
  const [records, setRecords] = useState<string>(attribute?.records ?? "contact");
  const [type, setType] = useState<string>(attribute?.value_type ?? "yes_no");
  const [failed, setFailed] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const { close, question } = useUnsaved(JSON.stringify(form) !== JSON.stringify(before), onClose);

  const error = failed === null ? null : commandError(failed);
  const problem = (field: string) => {
    const found = error?.code === "validation" ? error.fields.find((each) => each.field === field) : undefined;
    return found && problemText(found.problem);
  };
  // Choices that records have and that are no longer in the list; Rust keeps them from being taken away.
  const inUse = attribute?.choices.filter(({ choice, records: n }) => n > 0 && !form.choices.includes(choice)) ?? [];

  const save = async () => {
    setSaving(true);
    setFailed(null);
    try {
      if (attribute === null) {
        const { name, description, choices } = form;
        const given = type === "choice" ? choices : [];
        const values = { name, description, records, type, choices: given };
        const created = await call(commands.attributeDefine(values));
        announce(created.operation, t("attributes.defined", { name: name.trim() }));
      } else {
        const edits = (Object.keys(before) as (keyof typeof before)[]).flatMap<FieldEdit>((field) =>
          JSON.stringify(before[field]) === JSON.stringify(form[field])
            ? []
            : [{ field, before: before[field], after: form[field] }],
        );
        const done = await call(commands.attributeEdit(attribute.id, edits));
        announce(done.operation, t("attributes.saved", { name: form.name.trim() }));
      }
      onClose();
    } catch (thrown) {
      setFailed(thrown);
      setSaving(false);
    }
  };

  return (
    <Dialog
      title={attribute === null ? t("attributes.new") : t("attributes.editTitle", { name: attribute.name })}
      isOpen
      onClose={close}
      size="medium"
      footer={
        <>
          <Button variant="quiet" onPress={close}>
            {t("common.cancel")}
          </Button>
          <Button variant="primary" type="submit" form={formId} isDisabled={saving}>
            {attribute === null ? t("attributes.define") : t("common.save")}
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
          label={t("attributes.name")}
          isRequired
          validationBehavior="aria"
          value={form.name}
          onChange={(name) => setForm({ ...form, name })}
          error={problem("name")}
          autoFocus
        />
        {attribute === null && (
          <>
            <Select
              label={t("attributes.records")}
              choices={KINDS.map((kind) => ({ id: kind, label: t(`attributes.kind.${kind}`) }))}
              value={records}
              onChange={setRecords}
              error={problem("records")}
            />
            <Select
              label={t("attributes.typeLabel")}
              hint={t("attributes.typeHint")}
              choices={TYPES.map((each) => ({ id: each, label: t(`attributes.type.${each}`) }))}
              value={type}
              onChange={setType}
              error={problem("type")}
            />
          </>
        )}
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
            error={problem("choices")}
          />
        )}
        <TextField
          label={t("attributes.description")}
          value={form.description}
          onChange={(description) => setForm({ ...form, description })}
          error={problem("description")}
        />
      </form>
      {question}
    </Dialog>
  );
}
