import { FlaskConical, KeyRound, MonitorCheck, Sparkles } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { RadioGroup, ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type Problem } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { count, problemText } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { useAppState } from "~/session/session.ts";
import { FirstLook } from "./FirstLook.tsx";
import { OptionCard } from "./OptionCard.tsx";
import { Preview } from "./Preview.tsx";
import { RecoveryKey } from "./RecoveryKey.tsx";
import { RestoreAtStart } from "./RestoreAtStart.tsx";
import styles from "./Start.module.css";
import { StartPage } from "./StartPage.tsx";
import { SAMPLE_SIZES } from "./samples.ts";
import { passcodeProblem, problemsByField, type SetupForm, setupInput } from "./setup.ts";

/** The fields in the order in which they stand on the page, by the names Rust gives them. */
const ORDER = ["institution", "first_name", "last_name", "email", "passcode", "passcode_again"];

/**
 * First start: who works here, how the data is protected, what to begin with; then the recovery key, once; then how the
 * institution looks to others.
 */
export function Setup() {
  const { t } = useTranslation();
  const { keychain } = useAppState();
  const [form, setForm] = useState<SetupForm>({
    institution: "",
    firstName: "",
    lastName: "",
    email: "",
    protection: keychain ? "keychain" : "passcode",
    passcode: "",
    passcodeAgain: "",
    sample: null,
  });
  const [problems, setProblems] = useState<ReadonlyMap<string, Problem>>(new Map());
  const [passcode, setPasscode] = useState<"short" | "differs" | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [creating, setCreating] = useState(false);
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  const [kept, setKept] = useState(false);
  const page = useRef<HTMLFormElement>(null);

  if (recoveryKey !== null && kept) return <FirstLook />;
  if (recoveryKey !== null)
    return <RecoveryKey recoveryKey={recoveryKey} institution={form.institution.trim()} onKept={() => setKept(true)} />;

  const change = (part: Partial<SetupForm>, field?: string) => {
    setForm((before) => ({ ...before, ...part }));
    if (field && problems.has(field)) setProblems(new Map([...problems].filter(([key]) => key !== field)));
    if (field === "passcode") setPasscode(null);
  };
  const errorOf = (field: string) => {
    const problem = problems.get(field);
    return problem ? problemText(problem) : undefined;
  };
  const focusFirst = (fields: string[]) => {
    const first = ORDER.find((field) => fields.includes(field));
    window.setTimeout(() => page.current?.querySelector<HTMLInputElement>(`input[name="${first}"]`)?.focus(), 0);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (creating) return;
    setFailed(null);
    const slip = passcodeProblem(form);
    setPasscode(slip);
    if (slip) return focusFirst([slip === "differs" ? "passcode_again" : "passcode"]);
    setCreating(true);
    try {
      const { recovery_key } = await call(commands.setupCreate(setupInput(form)));
      setRecoveryKey(recovery_key);
    } catch (thrown) {
      const error = commandError(thrown);
      if (error.code === "validation") {
        setProblems(problemsByField(error.fields));
        focusFirst(error.fields.map(({ field }) => field));
      }
      // A keychain that works in the test and fails in earnest: a passcode does without it.
      if (error.code === "keychain") setForm((before) => ({ ...before, protection: "passcode" }));
      setFailed(thrown);
    } finally {
      setCreating(false);
    }
  };

  const words = passcode === "short" ? t("start.setup.passcodeShort") : errorOf("passcode");
  return (
    <StartPage
      title={t("start.setup.title")}
      lead={t("start.setup.lead")}
      aside={<Preview institution={form.institution} person={`${form.firstName} ${form.lastName}`} />}
    >
      <form ref={page} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <section className={stack.by12} aria-labelledby="setup-who">
          <h2 id="setup-who" className={row.heading}>
            <span className={styles.number}>1</span> {t("start.setup.who")}
          </h2>
          <TextField
            name="institution"
            label={t("start.setup.institution")}
            hint={t("start.setup.institutionHint")}
            error={errorOf("institution")}
            value={form.institution}
            onChange={(institution) => change({ institution }, "institution")}
            validationBehavior="aria"
            autoComplete="organization"
            autoFocus
          />
          <div className={styles.pair}>
            <TextField
              name="first_name"
              label={t("start.setup.firstName")}
              error={errorOf("first_name")}
              value={form.firstName}
              onChange={(firstName) => change({ firstName }, "first_name")}
              validationBehavior="aria"
              autoComplete="given-name"
            />
            <TextField
              name="last_name"
              label={t("start.setup.lastName")}
              error={errorOf("last_name")}
              value={form.lastName}
              onChange={(lastName) => change({ lastName }, "last_name")}
              validationBehavior="aria"
              autoComplete="family-name"
            />
          </div>
          <TextField
            name="email"
            type="email"
            label={t("start.setup.email")}
            hint={t("start.setup.administrator")}
            error={errorOf("email")}
            value={form.email}
            onChange={(email) => change({ email }, "email")}
            validationBehavior="aria"
            autoComplete="email"
          />
        </section>
        <section className={stack.by12} aria-labelledby="setup-protection">
          <h2 id="setup-protection" className={row.heading}>
            <span className={styles.number}>2</span> {t("start.setup.protection")}
          </h2>
          <p className={styles.note}>{t(keychain ? "start.setup.protectionNote" : "start.setup.noKeychain")}</p>
          {keychain && (
            <RadioGroup
              className={stack.by8 ?? ""}
              aria-labelledby="setup-protection"
              value={form.protection}
              onChange={(value) => change({ protection: value === "passcode" ? "passcode" : "keychain" }, "passcode")}
            >
              <OptionCard
                value="keychain"
                icon={MonitorCheck}
                label={t("start.setup.keychain")}
                note={t("start.setup.keychainNote")}
              />
              <OptionCard
                value="passcode"
                icon={KeyRound}
                label={t("start.setup.passcode")}
                note={t("start.setup.passcodeNote")}
              />
            </RadioGroup>
          )}
          {form.protection === "passcode" && (
            <div className={styles.pair}>
              <TextField
                name="passcode"
                type="password"
                label={t("start.setup.passcodeLabel")}
                hint={t("start.setup.passcodeHint")}
                error={words}
                value={form.passcode}
                onChange={(value) => change({ passcode: value }, "passcode")}
                validationBehavior="aria"
                autoComplete="new-password"
              />
              <TextField
                name="passcode_again"
                type="password"
                label={t("start.newPasscode.again")}
                error={passcode === "differs" ? t("start.newPasscode.differs") : undefined}
                value={form.passcodeAgain}
                onChange={(value) => change({ passcodeAgain: value }, "passcode")}
                validationBehavior="aria"
                autoComplete="new-password"
              />
            </div>
          )}
        </section>
        <section className={stack.by12} aria-labelledby="setup-begin">
          <h2 id="setup-begin" className={row.heading}>
            <span className={styles.number}>3</span> {t("start.setup.begin")}
          </h2>
          <RadioGroup
            className={stack.by8 ?? ""}
            aria-labelledby="setup-begin"
            value={form.sample === null ? "empty" : "sample"}
            onChange={(value) => change({ sample: value === "sample" ? (SAMPLE_SIZES[0] ?? null) : null })}
          >
            <OptionCard
              value="empty"
              icon={Sparkles}
              label={t("start.setup.empty")}
              note={t("start.setup.emptyNote")}
            />
            <OptionCard
              value="sample"
              icon={FlaskConical}
              label={t("start.setup.sample")}
              note={t("start.setup.sampleNote")}
            />
          </RadioGroup>
          {form.sample !== null && (
            <div className={styles.sizes}>
              <span id="setup-size">{t("start.setup.size")}</span>
              <ToggleButtonGroup
                className={styles.sizeGroup ?? ""}
                aria-labelledby="setup-size"
                selectionMode="single"
                disallowEmptySelection
                selectedKeys={[form.sample]}
                onSelectionChange={(keys) => change({ sample: Number([...keys][0]) })}
              >
                {SAMPLE_SIZES.map((size) => (
                  <ToggleButton key={size} id={size} className={styles.size ?? ""}>
                    {count(size)}
                  </ToggleButton>
                ))}
              </ToggleButtonGroup>
            </div>
          )}
        </section>
        {failed !== null && commandError(failed).code === "keychain" && (
          <p className={styles.note}>{t("start.setup.keychainFailed")}</p>
        )}
        <ErrorLine error={failed} />
        <div className={styles.submit}>
          <Button variant="primary" type="submit" isDisabled={creating}>
            {t("start.setup.create")}
          </Button>
          <span className={styles.note} role="status">
            {creating &&
              (form.sample === null
                ? t("start.setup.creating")
                : t("start.setup.creatingSample", { count: form.sample }))}
          </span>
        </div>
      </form>
      <RestoreAtStart />
    </StartPage>
  );
}
