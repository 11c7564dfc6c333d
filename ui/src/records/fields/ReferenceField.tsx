import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type RecordKind } from "~/ipc";
import { ComboBox } from "~/kit/components/ComboBox.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useAnnounce } from "~/session/undo.ts";
import { type Near, useContactChoices, useNames, useSuggestions } from "../references.ts";

const CREATE = "create";

type Props = {
  kind: RecordKind;
  label: string;
  hideLabel?: boolean;
  value: string | null;
  onChange: (id: string | null) => void;
  error?: string | undefined;
  isRequired?: boolean;
  autoFocus?: boolean | undefined;
  /** Of a contact: what makes others likely. */
  near?: Near | undefined;
  /** Offer to add an employer that is not there yet. */
  canCreate?: boolean;
};

/** Picks a record by typing its name. */
export function ReferenceField(props: Props) {
  const { kind, label, hideLabel, value, onChange, error, isRequired = false, autoFocus, near, canCreate } = props;
  const { t } = useTranslation();
  const announce = useAnnounce();
  const nameOf = useNames(value ? [{ kind, id: value }] : []);
  const [typed, setTyped] = useState<string | null>(null);
  const known = value ? (nameOf(value) ?? "") : "";
  const text = typed ?? known;
  const wanted = (typed ?? "").trim();
  const isContact = kind === "contact";
  const suggested = useSuggestions(kind, wanted, !isContact);
  const contacts = useContactChoices(wanted, near, isContact);
  const found = isContact ? contacts : suggested;
  const isNew =
    canCreate &&
    kind === "employer" &&
    wanted !== "" &&
    !found.some((choice) => choice.label.toLowerCase() === wanted.toLowerCase());
  const choices = isNew ? [...found, { id: CREATE, label: t("record.form.createEmployer", { name: wanted }) }] : found;

  const choose = async (id: string | null) => {
    if (id === CREATE) {
      try {
        const created = await call(commands.employerCreate({ name: wanted }));
        announce(created.operation, t("record.form.employerCreated", { name: wanted }));
        onChange(created.id);
        setTyped(wanted);
      } catch (thrown) {
        toastError(thrown);
      }
      return;
    }
    if (id === null) return;
    onChange(id);
    setTyped(choices.find((choice) => choice.id === id)?.label ?? null);
  };

  return (
    <ComboBox
      label={label}
      hideLabel={hideLabel}
      error={error}
      choices={choices}
      text={text}
      onText={(next) => {
        setTyped(next);
        // Emptying the field means "none"; other half-typed text leaves the record as it was.
        if (next === "" && value !== null) onChange(null);
      }}
      value={null}
      onValue={(id) => void choose(id)}
      onBlur={() => setTyped(null)}
      isRequired={isRequired}
      autoFocus={autoFocus}
      {...(isContact && wanted === "" ? { nothing: t("record.form.typeName") } : {})}
    />
  );
}
