import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ContactProfile, call, commands, type JobMove, type MoveTo } from "~/ipc";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { ComboBox } from "~/kit/components/ComboBox.tsx";
import { DateField } from "~/kit/components/DateField.tsx";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { problemsOf, unplaced } from "~/kit/components/useSubmit.ts";
import { dayOf } from "~/kit/i18n/zone.ts";
import stack from "~/kit/layout/Stack.module.css";
import { useSuggestions } from "~/records/references.ts";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Archive.module.css";
import { ArchivePreview, Outcome } from "./ArchivePreview.tsx";
import { fieldChange, furtherConsequences } from "./consequences.ts";

const FIELDS = ["title", "email", "work_phone", "mobile_phone"] as const;
type Field = (typeof FIELDS)[number];
type Values = Record<Field, string>;
const NEW = "new";

/** A person moved to another employer: what is new, and what becomes of the account, asked separately (B3). */
export default function JobMoveDialog({ contact, onClose }: { contact: ContactProfile; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const announce = useAnnounce();
  const { id, name, user } = contact;
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<{ to: MoveTo; name: string } | null>(null);
  const to = chosen?.to ?? null;
  const today = dayOf(Date.now());
  const [movedOn, setMovedOn] = useState(today);
  // Only what is typed; a field that is not shows what it will be.
  const [entered, setEntered] = useState<Partial<Values>>({});
  const original = (field: Field) => String(contact.values[field] ?? "");
  const [userEmail, setUserEmail] = useState(false);
  const [userEmployer, setUserEmployer] = useState(false);
  const found = useSuggestions("employer", typed.trim());
  const wanted = typed.trim();
  const isKnown = found.some(({ label }) => label.toLowerCase() === wanted.toLowerCase());
  const choices =
    wanted !== "" && !isKnown ? [...found, { id: NEW, label: wanted, note: t("archive.move.newEmployer") }] : found;
  const changed = FIELDS.filter((field) => field in entered);
  const moved: JobMove | null = to && {
    contact: id,
    to,
    values: Object.fromEntries(changed.map((field) => [field, entered[field] || null])),
    user_email: userEmail && changed.includes("email"),
    user_employer: userEmployer,
    moved_on: movedOn,
  };
  const asked = useDeferredValue(JSON.stringify(moved));
  const preview = useQuery({
    queryKey: ["contacts", "job_move", asked],
    queryFn: () => call(commands.jobMovePreview(JSON.parse(asked) as JobMove)),
    enabled: moved !== null,
    gcTime: 0,
    retry: false,
    placeholderData: (before) => before,
  });
  const wrong = problemsOf(preview.error);
  const choose = (key: string | null) => {
    const choice = choices.find(({ id: each }) => each === key);
    if (!choice) return setChosen(null);
    const chosenTo: MoveTo =
      choice.id === NEW ? { employer: "new", name: choice.label } : { employer: "existing", id: choice.id };
    setChosen({ to: chosenTo, name: choice.label });
    setTyped(choice.label);
  };
  const save = async () => {
    if (!moved) return;
    try {
      const done = await call(commands.jobMove(moved));
      onClose();
      announce(
        done.operation,
        t("archive.move.done", { name, employer: wanted }),
        t("shell.undo.changes", { what: name }),
      );
    } catch (error) {
      toastError(error);
    }
  };
  const said = moved ? preview.data : undefined;
  const foretold = (field: Field) => {
    const after = said && fieldChange(said, id, field)?.after.value;
    return typeof after === "string" ? after : undefined;
  };
  const shown = (field: Field) => entered[field] ?? foretold(field) ?? original(field);
  const enter = (field: Field, value: string) => {
    const { [field]: _, ...rest } = entered;
    setEntered(value === original(field) ? rest : { ...rest, [field]: value });
  };
  const sentences: string[] = [];
  if (said) {
    const words = { name, employer: chosen?.name ?? "", former: contact.employer?.name ?? "" };
    const moves = fieldChange(said, id, "employer") !== undefined;
    if (moves) sentences.push(t(contact.employer ? "archive.move.willFrom" : "archive.move.will", words));
    const phone = "work_phone" in entered ? undefined : foretold("work_phone");
    if (phone) sentences.push(t("archive.move.followsPhone", { phone }));
    if (moves && contact.employer) sentences.push(t("archive.after.former", { name, employer: words.former }));
    sentences.push(...furtherConsequences(t, said, id, name));
    if (user)
      sentences.push(
        said.user
          ? t("archive.move.linked", { email: said.user.email })
          : t("archive.move.unlinked", { email: user.email }),
      );
  }
  return (
    <ActDialog
      title={t("archive.move.title", { name })}
      onClose={onClose}
      size="large"
      act={t("archive.move.act")}
      isDirty={to !== null || changed.length > 0}
      isDisabled={!moved || !said || preview.isError || preview.isPlaceholderData}
      error={unplaced(preview.error)}
      onAct={() => void save()}
    >
      <div className={stack.by16}>
        {said && !preview.isError && <Outcome said={sentences} />}
        {!moved && <p className={styles.quiet}>{t("archive.move.choose")}</p>}
        <div className={styles.fields}>
          <ComboBox
            label={t("archive.move.employer")}
            isRequired
            autoFocus
            choices={choices}
            text={typed}
            onText={(text) => {
              setTyped(text);
              setChosen((now) => (now?.name === text ? now : null));
            }}
            value={to === null ? null : to.employer === "existing" ? to.id : NEW}
            onValue={choose}
            error={wrong("employer")}
          />
          {FIELDS.map((field) => (
            <TextField
              key={field}
              label={t(field === "title" ? "archive.move.title_field" : `archive.move.${field}`)}
              value={shown(field)}
              onChange={(value) => enter(field, value)}
              error={wrong(field)}
              {...(field === "email" ? { hint: t("archive.move.emailHint") } : {})}
            />
          ))}
          <DateField
            label={t("archive.move.movedOn")}
            value={movedOn}
            onChange={(day) => setMovedOn(day ?? today)}
            latest={today}
            error={wrong("moved_on")}
          />
        </div>
        {user && may("manage_access") && (
          <div className={stack.by8}>
            <h3 className={styles.heading}>{t("archive.move.account")}</h3>
            <p className={styles.quiet}>{t("archive.move.accountNote", { name, email: user.email })}</p>
            <Checkbox isSelected={userEmail} onChange={setUserEmail} isDisabled={!changed.includes("email")}>
              <span>
                {t("archive.move.userEmail")}{" "}
                <span className={styles.quiet}>{t("archive.move.userEmailOff", { name })}</span>
              </span>
            </Checkbox>
            <Checkbox isSelected={userEmployer} onChange={setUserEmployer}>
              {t("archive.move.userEmployer")}
            </Checkbox>
          </div>
        )}
        {said && !preview.isError && <ArchivePreview said={said} />}
      </div>
    </ActDialog>
  );
}
