import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type BackupSource, call, commandError, commands, type RestoreDone, type RestorePreview } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Dialog, Sentences } from "~/kit/components/Dialog.tsx";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { Skeleton } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { unplaced, useSubmit } from "~/kit/components/useSubmit.ts";
import { i18next } from "~/kit/i18n/index.ts";
import { dateTime } from "~/kit/i18n/words.ts";
import { startAnew } from "~/session/lock.ts";
import { BackupContents } from "./BackupContents.tsx";
import styles from "./Backups.module.css";

type Props = {
  source: BackupSource;
  /** Name of the file. */
  name: string;
  /** A desk is open, whose key opens its own backups. */
  isOpen?: boolean;
  onClose: () => void;
};

/** Looks into a backup, says what a restore would do, and does it. */
export function RestoreDialog({ source, name, isOpen = false, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [passcode, setPasscode] = useState("");
  const [asks, setAsks] = useState(!isOpen);
  const [preview, setPreview] = useState<RestorePreview | null>(null);
  const [done, setDone] = useState<RestoreDone | null>(null);
  const [isInside, setInside] = useState(false);
  const secret = asks ? passcode : null;
  const looking = useSubmit(async () => {
    try {
      setPreview(await call(commands.backupPreview(source, secret)));
    } catch (thrown) {
      // Another desk's backup, or one from before: its own passcode opens it.
      const { code } = commandError(thrown);
      if (!asks && (code === "keychain" || code === "locked" || code === "storage")) setAsks(true);
      else throw thrown;
    }
  });
  const restoring = useSubmit(async () => setDone(await call(commands.backupRestore(source, secret))));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, where no passcode is needed.
  useEffect(() => {
    if (!asks) void looking.submit();
  }, []);

  if (done) {
    const close = () => void startAnew(client).then(onClose);
    return (
      <Dialog
        title={t("backups.restored.title")}
        role="alertdialog"
        onClose={close}
        footer={
          <Button variant="primary" onPress={close} autoFocus>
            {t("backups.restored.go")}
          </Button>
        }
      >
        <Sentences said={restoredSentences(done)} />
      </Dialog>
    );
  }
  if (preview) {
    return (
      <FormDialog
        title={t("backups.ask.title", { when: dateTime(preview.made_at) })}
        role="alertdialog"
        act={t("backups.ask.act")}
        destructive
        form={restoring}
        onClose={onClose}
        beside={
          <Button variant="quiet" onPress={() => setInside(true)}>
            {t("backups.inside.act")}
          </Button>
        }
      >
        <Sentences said={previewSentences(preview)} />
        {isInside && <BackupContents source={source} passcode={secret} onClose={() => setInside(false)} />}
      </FormDialog>
    );
  }
  const isWrong = looking.error?.code === "wrong_passcode";
  return (
    <FormDialog
      title={t("backups.look.title")}
      act={t("backups.look.act")}
      isDisabled={asks && passcode === ""}
      form={looking}
      error={isWrong ? null : unplaced(looking.failed)}
      onClose={onClose}
    >
      <p className={styles.path}>{name}</p>
      {asks ? (
        <TextField
          label={t("backups.look.passcode")}
          hint={t("backups.look.hint")}
          error={isWrong ? t("backups.look.wrong") : undefined}
          type="password"
          value={passcode}
          onChange={setPasscode}
          autoComplete="off"
          autoFocus
        />
      ) : (
        looking.isPending && <Skeleton lines={3} />
      )}
    </FormDialog>
  );
}

function previewSentences(preview: RestorePreview): string[] {
  const { contacts, employers, changed_at, lost, messages } = preview;
  const said = [
    i18next.t("backups.ask.has", {
      contacts: i18next.t("backups.ask.contacts", { count: contacts }),
      employers: i18next.t("backups.ask.employers", { count: employers }),
    }),
  ];
  if (changed_at !== null) said.push(i18next.t("backups.ask.changed", { when: dateTime(changed_at) }));
  said.push(
    lost === null
      ? i18next.t("backups.ask.unknown")
      : lost === 0
        ? i18next.t("backups.ask.nothing")
        : i18next.t("backups.ask.lost", { count: lost }),
  );
  said.push(i18next.t("backups.ask.kept"), i18next.t("backups.ask.passcodes"));
  if (messages > 0) said.push(i18next.t("backups.ask.messages", { count: messages }));
  return said;
}

function restoredSentences(done: RestoreDone): string[] {
  const said = [i18next.t("backups.restored.from", { when: dateTime(done.made_at) })];
  if (done.backup !== null) said.push(i18next.t("backups.restored.backup"));
  else if (done.aside !== null) {
    said.push(i18next.t("backups.restored.aside", { folder: done.aside }));
    if (done.aside_days !== null) said.push(i18next.t("backups.restored.asideDays", { count: done.aside_days }));
  }
  if (done.messages > 0) said.push(i18next.t("backups.restored.messages", { count: done.messages }));
  return said;
}
