import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type BackupSource, call, commands, type LookRow } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Dialog } from "~/kit/components/Dialog.tsx";
import { Skeleton } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { useRested } from "~/kit/components/useRested.ts";
import { dateTime } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import styles from "./Backups.module.css";

type Props = {
  source: BackupSource;
  /** What opens it; without one the key of the open desk. */
  passcode?: string | null;
  onClose: () => void;
};

/** Looks into a backup without restoring it. */
export function BackupContents({ source, passcode = null, onClose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const rested = useRested(text.trim());
  const opened = useQuery({
    queryKey: ["backups", "look", source],
    queryFn: () => call(commands.backupLookOpen(source, passcode)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const found = useQuery({
    queryKey: ["backups", "look", source, rested],
    queryFn: () => call(commands.backupLookSearch(rested)),
    enabled: opened.data !== undefined && rested !== "",
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  useEffect(() => () => void commands.backupLookClose(), []);
  const info = opened.data;
  return (
    <Dialog
      title={info ? t("backups.inside.title", { when: dateTime(info.made_at) }) : t("backups.inside.opening")}
      size="medium"
      error={opened.error ?? found.error}
      onClose={onClose}
      footer={<Button onPress={onClose}>{t("common.close")}</Button>}
    >
      {info ? (
        <div className={stack.by12}>
          <p>
            {t("backups.ask.has", {
              contacts: t("backups.ask.contacts", { count: info.contacts }),
              employers: t("backups.ask.employers", { count: info.employers }),
            })}
          </p>
          {info.changed_at !== null && <p>{t("backups.ask.changed", { when: dateTime(info.changed_at) })}</p>}
          <TextField
            label={t("backups.inside.search")}
            hint={t("backups.inside.hint")}
            value={text}
            onChange={setText}
            autoComplete="off"
            autoFocus
          />
          <div aria-live="polite">
            {found.data?.length === 0 && <p>{t("backups.inside.none")}</p>}
            <ul className={`${stack.by8} ${styles.found}`}>
              {found.data?.map((row) => (
                <Found key={row.id} row={row} />
              ))}
            </ul>
          </div>
        </div>
      ) : (
        !opened.error && <Skeleton lines={4} />
      )}
    </Dialog>
  );
}

function Found({ row }: { row: LookRow }) {
  const { t } = useTranslation();
  const said = [row.email, row.deleted ? t("backups.inside.deleted") : ""].filter((part) => part !== "");
  if (row.changed_at !== null)
    said.push(
      t("backups.inside.changed", { when: dateTime(row.changed_at), by: row.by || t("backups.inside.someone") }),
    );
  return (
    <li>
      <strong>{row.name || t("common.unnamed")}</strong>
      <span>{said.join(" · ")}</span>
    </li>
  );
}
