import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ContactProfile, call, commands, type JobMove, type MoveTo } from "~/ipc";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { ComboBox } from "~/kit/components/ComboBox.tsx";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { problemsOf, unplaced } from "~/kit/components/useSubmit.ts";
import stack from "~/kit/layout/Stack.module.css";
import { useSuggestions } from "~/records/references.ts";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Archive.module.css";
import { ArchivePreview } from "./ArchivePreview.tsx";

const FIELDS = ["title", "email", "work_phone", "mobile_phone"] as const;
type Values = Record<(typeof FIELDS)[number], string>;
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
  const [values, setValues] = useState<Values>(
    () => Object.fromEntries(FIELDS.map((field) => [field, String(contact.values[field] ?? "")])) as Values,
  );
  const [userEmail, setUserEmail] = useState(false);
  const [userEmployer, setUserEmployer] = useState(false);
  const found = useSuggestions("employer", typed.trim());
  const wanted = typed.trim();
  const isKnown = found.some(({ label }) => label.toLowerCase() === wanted.toLowerCase());
  const choices =
    wanted !== "" && !isKnown ? [...found, { id: NEW, label: wanted, note: t("archive.move.newEmployer") }] : found;
  const changed = FIELDS.filter((field) => values[field] !== String(contact.values[field] ?? ""));
  const moved: JobMove | null = to && {
    contact: id,
    to,
    values: Object.fromEntries(changed.map((field) => [field, values[field] === "" ? null : values[field]])),
    user_email: userEmail && changed.includes("email"),
    user_employer: userEmployer,
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
      announce(done.operation, t("archive.move.done", { name, employer: wanted }));
    } catch (error) {
      toastError(error);
    }
  };
  const said = preview.data;
  const stays: string[] = [];
  if (said && user)
    stays.push(
      said.user
        ? t("archive.move.linked", { email: said.user.email })
        : t("archive.move.unlinked", { email: user.email }),
    );
  if (said && contact.employer) stays.push(t("archive.move.history"));
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
              value={values[field]}
              onChange={(value) => setValues({ ...values, [field]: value })}
              error={wrong(field)}
              {...(field === "email" ? { hint: t("archive.move.emailHint") } : {})}
            />
          ))}
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
        {!moved && <p className={styles.quiet}>{t("archive.move.choose")}</p>}
        {moved && said && !preview.isError && <ArchivePreview said={said} stays={stays} />}
      </div>
    </ActDialog>
  );
}
