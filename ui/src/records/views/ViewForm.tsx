import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, LIMITS, type ListQuery, type SavedView } from "~/ipc";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Views.module.css";

type Props = {
  /** The list as it is now. */
  input: { query: ListQuery; columns: string[] };
  /** The view whose name and sharing change; null for a new one. */
  view: SavedView | null;
  onClose: () => void;
  onSaved: (id: string) => void;
};

/** Names a view, and says who has it. */
export default function ViewForm({ input, view, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const announce = useAnnounce();
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState(view?.shared ?? false);
  const [pinned, setPinned] = useState(view?.pinned ?? true);
  const form = useSubmit(async () => {
    if (view) {
      const { query, columns } = view;
      const done = await call(commands.viewChange(view.id, { name, shared, pinned, query, columns }));
      if (done.operation) announce(done.operation, t("views.done.changed", { name }));
    } else {
      const created = await call(commands.viewSave({ name, shared, pinned, ...input }));
      announce(created.operation, t("views.done.saved", { name: name.trim() }));
      onSaved(created.id);
    }
    onClose();
  });

  return (
    <FormDialog
      title={t(view ? "views.form.edit" : "views.form.new")}
      onClose={onClose}
      act={t(view ? "views.form.change" : "views.form.save")}
      isDisabled={name.trim() === ""}
      form={form}
    >
      {!view && <p className={styles.hint}>{t("views.form.keeps")}</p>}
      <TextField
        label={t("views.form.name")}
        isRequired
        autoFocus
        value={name}
        onChange={setName}
        maxLength={LIMITS.view_name}
        autoComplete="off"
        error={form.problem("name")}
      />
      <Checkbox isSelected={pinned} onChange={setPinned}>
        {t("views.form.pinned")}
      </Checkbox>
      {may("share_views") && (
        <Checkbox isSelected={shared} onChange={setShared}>
          {t("views.form.shared")}
        </Checkbox>
      )}
    </FormDialog>
  );
}
