import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Select } from "~/components/Select.tsx";
import { ErrorLine, Skeleton } from "~/components/States.tsx";
import { TextField } from "~/components/TextField.tsx";
import { unplaced, useSubmit } from "~/components/useSubmit.ts";
import { type Administrator, call, commands, type Recovered } from "~/ipc";
import { startAnew } from "../shell/lock.ts";
import { RecoveryKey } from "./RecoveryKey.tsx";
import styles from "./Start.module.css";
import { StartPage } from "./StartPage.tsx";
import { PASSCODE_LEAST } from "./setup.ts";

type Props = { recoveryKey: string; onBack: () => void };

/** The recovery key was entered: it sets a new passcode for an administrator, and there is a new key afterwards. */
export default function Recover({ recoveryKey, onBack }: Props) {
  const { t } = useTranslation();
  const people = useQuery({
    queryKey: ["recovery"],
    queryFn: () => call(commands.recoveryAdministrators(recoveryKey)),
    staleTime: 0,
    gcTime: 0,
  });
  if (people.data) return <NewPasscode recoveryKey={recoveryKey} people={people.data} onBack={onBack} />;
  return (
    <StartPage title={t("start.recover.title")} lead={t("start.recover.lead")}>
      {people.error ? <ErrorLine error={people.error} /> : <Skeleton lines={4} />}
      <div className={styles.submit}>
        <Button onPress={onBack}>{t("start.recover.back")}</Button>
      </div>
    </StartPage>
  );
}

function NewPasscode({ recoveryKey, people, onBack }: Props & { people: Administrator[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [person, setPerson] = useState(people[0]?.id ?? null);
  const [passcode, setPasscode] = useState("");
  const [again, setAgain] = useState("");
  const [differs, setDiffers] = useState(false);
  const [done, setDone] = useState<Recovered | null>(null);
  const form = useSubmit(async () => {
    // A typing slip here would lock the person out.
    if (passcode !== again) return setDiffers(true);
    if (person !== null) setDone(await call(commands.recover(recoveryKey, person, passcode)));
  });
  const opening = useSubmit(async () => {
    await call(commands.unlock(passcode));
    await startAnew(client);
  });

  if (done)
    return (
      <RecoveryKey
        recoveryKey={done.recovery_key}
        institution={done.institution}
        lead={t("start.recover.newKey")}
        failed={opening.failed}
        onKept={() => void opening.submit()}
      />
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.submit();
  };
  return (
    <StartPage title={t("start.recover.title")} lead={t("start.recover.lead")}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <Select
          label={t("start.recover.person")}
          choices={people.map(({ id, name, email }) => ({ id, label: name, note: email }))}
          value={person}
          onChange={setPerson}
        />
        <div className={styles.pair}>
          <TextField
            label={t("start.recover.passcode")}
            hint={t("staff.dialog.hint", { least: PASSCODE_LEAST })}
            error={form.problem("passcode")}
            type="password"
            autoComplete="new-password"
            value={passcode}
            onChange={(next) => {
              setPasscode(next);
              setDiffers(false);
              form.clear();
            }}
            validationBehavior="aria"
            autoFocus
          />
          <TextField
            label={t("start.setup.passcodeAgain")}
            error={differs ? t("start.setup.passcodeDiffers") : undefined}
            type="password"
            autoComplete="new-password"
            value={again}
            onChange={(next) => {
              setAgain(next);
              setDiffers(false);
            }}
            validationBehavior="aria"
          />
        </div>
        <p className={styles.note}>{t("start.recover.ends")}</p>
        <ErrorLine error={unplaced(form.failed)} />
        <div className={styles.submit}>
          <Button variant="primary" type="submit" isDisabled={passcode === "" || person === null || form.isPending}>
            {t("start.recover.act")}
          </Button>
          <Button onPress={onBack}>{t("start.recover.back")}</Button>
        </div>
      </form>
    </StartPage>
  );
}
