import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, Eye, MoreHorizontal, RotateCcw, TriangleAlert } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { type BackupRow, type BackupSettings, type BackupSource, call, commands } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { Menu, MenuItem } from "~/kit/components/Menu.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { EmptyState, ErrorLine, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { When } from "~/kit/components/When.tsx";
import { dateTime, errorText } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import rowStyle from "~/kit/layout/Row.module.css";
import sections from "~/kit/layout/Sections.module.css";
import { BackupContents } from "./BackupContents.tsx";
import styles from "./Backups.module.css";
import { backupSettingsQuery, backupStatusQuery, backupsQuery } from "./queries.ts";
import { RestoreDialog } from "./RestoreDialog.tsx";
import { reasonText, sizeText, troubleText } from "./words.ts";

/** Site Management › Backups: which there are, where they go, and the way back. */
export function Backups() {
  const { t } = useTranslation();
  const status = useQuery(backupStatusQuery);
  const settings = useQuery(backupSettingsQuery);
  // What was read stays while a restore closes the desk: its dialog is on this page.
  const error = (status.data ? null : status.error) ?? (settings.data ? null : settings.error);
  if (error) {
    const again = () => void Promise.all([status.refetch(), settings.refetch()]);
    return <ErrorState error={error} onRetry={again} />;
  }
  return (
    <Scrollable label={t("backups.title")} className={frame.scroll}>
      <div className={sections.column}>
        <p className={sections.lead}>{t("backups.lead")}</p>
        {status.data?.troubles.map((trouble) => (
          <p key={trouble.place} className={styles.trouble} role="status">
            <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
            <span>{troubleText(trouble)}</span>
          </p>
        ))}
        {settings.data ? <Places settings={settings.data} /> : <Skeleton lines={4} />}
        <List />
      </div>
    </Scrollable>
  );
}

/** Where copies go. */
function Places({ settings }: { settings: BackupSettings }) {
  const { t } = useTranslation();
  const id = useId();
  const choosing = useSubmit(async () => void (await call(commands.backupFolderChoose())));
  const clearing = useSubmit(async () => void (await call(commands.backupFolderClear())));
  return (
    <section className={sections.section} aria-labelledby={id}>
      <h2 id={id} className={sections.title}>
        {t("backups.folder.title")}
      </h2>
      <div className={sections.body}>
        <p>{t("backups.folder.about")}</p>
        {settings.folder !== null && <p className={styles.path}>{settings.folder}</p>}
        {settings.set_by_organization ? (
          <p>{t("backups.folder.byOrganization")}</p>
        ) : (
          <div className={rowStyle.wrap}>
            <Button isDisabled={choosing.isPending} onPress={() => void choosing.submit()}>
              {t(settings.folder === null ? "backups.folder.choose" : "backups.folder.change")}
            </Button>
            {settings.folder !== null && (
              <Button variant="quiet" onPress={() => void clearing.submit()}>
                {t("backups.folder.clear")}
              </Button>
            )}
          </div>
        )}
        <ErrorLine error={choosing.failed ?? clearing.failed} />
        <Room room={settings.room} />
      </div>
    </section>
  );
}

const GIGABYTE = 1_000_000_000;
const ROOMS = [1, 2, 5, 10, 20, 50, 100].map((size) => size * GIGABYTE);

/** How much room backups may take. */
function Room({ room }: { room: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const choose = async (chosen: string) => {
    try {
      await call(commands.backupRoomSet(Number(chosen)));
      await client.invalidateQueries({ queryKey: ["backups"] });
    } catch (thrown) {
      toastError(thrown);
    }
  };
  const rooms = [...new Set([...ROOMS, room])].sort((a, b) => a - b);
  return (
    <Select
      label={t("backups.room.label")}
      hint={t("backups.room.hint")}
      choices={rooms.map((size) => ({ id: String(size), label: sizeText(size) }))}
      value={String(room)}
      onChange={(chosen) => void choose(chosen)}
    />
  );
}

function List() {
  const { t } = useTranslation();
  const id = useId();
  const client = useQueryClient();
  const backups = useQuery(backupsQuery);
  const [restoring, setRestoring] = useState<{ source: BackupSource; name: string } | null>(null);
  const [looking, setLooking] = useState<BackupSource | null>(null);
  const making = useSubmit(async () => {
    await call(commands.backupCreate());
    await client.invalidateQueries({ queryKey: ["backups"] });
    toast(t("backups.made"));
  });
  const choosing = useSubmit(async () => {
    const name = await call(commands.backupChoose());
    if (name !== null) setRestoring({ source: { from: "chosen" }, name });
  });
  return (
    <section className={`${sections.section} ${sections.wide}`} aria-labelledby={id}>
      <h2 id={id} className={sections.title}>
        {t("backups.list.title")}
      </h2>
      <div className={sections.body}>
        <div className={rowStyle.wrap}>
          <Button variant="primary" isDisabled={making.isPending} onPress={() => void making.submit()}>
            {t("backups.make")}
          </Button>
          <Button isDisabled={choosing.isPending} onPress={() => void choosing.submit()}>
            {t("backups.fromFile")}
          </Button>
        </div>
        <ErrorLine error={making.failed ?? choosing.failed ?? backups.error} />
        {backups.data?.length === 0 && <EmptyState>{t("backups.list.none")}</EmptyState>}
        {backups.data && backups.data.length > 0 && (
          <table className={sections.table} aria-labelledby={id}>
            <thead>
              <tr>
                <th scope="col">{t("backups.list.made")}</th>
                <th scope="col">{t("backups.list.reason")}</th>
                <th scope="col">{t("backups.list.place")}</th>
                <th scope="col">{t("backups.list.state")}</th>
                <th scope="col" className={sections.number}>
                  {t("backups.list.size")}
                </th>
                <th scope="col" aria-label={t("backups.list.acts")} />
              </tr>
            </thead>
            <tbody>
              {backups.data.map((row) => (
                <Row
                  key={row.path}
                  row={row}
                  onLook={() => setLooking({ from: "listed", place: row.place, name: row.name })}
                  onRestore={() =>
                    setRestoring({ source: { from: "listed", place: row.place, name: row.name }, name: row.name })
                  }
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
      {looking && <BackupContents source={looking} onClose={() => setLooking(null)} />}
      {restoring && <RestoreDialog {...restoring} isOpen onClose={() => setRestoring(null)} />}
    </section>
  );
}

type RowProps = { row: BackupRow; onLook: () => void; onRestore: () => void };

function Row({ row, onLook, onRestore }: RowProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState(row.problem);
  const [checked, setChecked] = useState(false);
  const check = async () => {
    try {
      const found = await call(commands.backupCheck(row.place, row.name));
      setProblem(found.problem);
      setChecked(true);
    } catch (thrown) {
      toastError(thrown);
    }
  };
  const when = row.made_at === null ? row.name : dateTime(row.made_at);
  return (
    <tr>
      <td>{row.made_at === null ? row.name : <When at={row.made_at} />}</td>
      <td>{reasonText(row.reason)}</td>
      <td>{t(`backups.place.${row.place}`)}</td>
      <td>
        {problem === null
          ? t(checked ? "backups.state.checked" : "backups.state.made")
          : errorText({ code: "backup", problem })}
      </td>
      <td className={sections.number}>{sizeText(row.size)}</td>
      <td className={styles.acts}>
        <Menu
          label={t("backups.list.actsOn", { when })}
          trigger={<IconButton label={t("backups.list.actsOn", { when })} icon={MoreHorizontal} size="small" />}
        >
          <MenuItem icon={Eye} onAction={onLook}>
            {t("backups.inside.act")}
          </MenuItem>
          <MenuItem icon={Check} onAction={() => void check()}>
            {t("backups.check")}
          </MenuItem>
          <MenuItem icon={RotateCcw} onAction={onRestore}>
            {t("backups.restore")}
          </MenuItem>
        </Menu>
      </td>
    </tr>
  );
}
