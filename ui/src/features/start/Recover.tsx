import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Administrator, call, commands, type Recovered } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { ErrorLine, Skeleton } from "~/kit/components/States.tsx";
import { unplaced, useSubmit } from "~/kit/components/useSubmit.ts";
import { startAnew } from "~/session/lock.ts";
import { NewPasscodeFields, useNewPasscode } from "./NewPasscode.tsx";
import { RecoveryKey } from "./RecoveryKey.tsx";
import styles from "./Start.module.css";
import { StartPage } from "./StartPage.tsx";

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
  const typed = useNewPasscode();
  const [done, setDone] = useState<Recovered | null>(null);
  const form = useSubmit(async () => {
    if (typed.isConfirmed() && person !== null)
      setDone(await call(commands.recover(recoveryKey, person, typed.passcode)));
  });
  const opening = useSubmit(async () => {
    await call(commands.unlock(typed.passcode));
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
          <NewPasscodeFields typed={typed} error={form.problem("passcode")} onChange={form.clear} autoFocus />
        </div>
        <p className={styles.note}>{t("start.recover.ends")}</p>
        <ErrorLine error={unplaced(form.failed)} />
        <div className={styles.submit}>
          <Button
            variant="primary"
            type="submit"
            isDisabled={typed.passcode === "" || person === null || form.isPending}
          >
            {t("start.recover.act")}
          </Button>
          <Button onPress={onBack}>{t("start.recover.back")}</Button>
        </div>
      </form>
    </StartPage>
  );
}
