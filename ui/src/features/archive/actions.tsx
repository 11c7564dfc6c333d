import { Archive, ArchiveRestore, Building2, RefreshCw, RefreshCwOff, Star, UserRoundX } from "lucide-react";
import { lazy, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ARCHIVE_WAY, type ContactProfile, call, commands, type Id } from "~/ipc";
import { toastError } from "~/kit/components/Toast.tsx";
import type { ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useAnnounce } from "~/session/undo.ts";

const ArchiveDialog = lazy(() => import("./ArchiveDialog.tsx"));
const AutoSyncDialog = lazy(() => import("./AutoSyncDialog.tsx"));
const JobMoveDialog = lazy(() => import("./JobMoveDialog.tsx"));
const PersonLeftDialog = lazy(() => import("./PersonLeftDialog.tsx"));
const ReviveDialog = lazy(() => import("./ReviveDialog.tsx"));

function useTogglePrimary() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  return async (id: Id) => {
    try {
      const done = await call(commands.contactTogglePrimary(id));
      const { name, employer, is_primary } = await call(commands.contactGet(id));
      const words = { name, employer: employer?.name ?? "" };
      const [said, again] = is_primary
        ? [t("archive.primary.set", words), t("archive.primary.unset", words)]
        : [t("archive.primary.unset", words), t("archive.primary.again", words)];
      announce(done.operation, said, again);
    } catch (error) {
      toastError(error);
    }
  };
}

/** Employment of a contact: primary, AutoSync, left, moved, archived, revived (M16, M17, M19, B3). */
export const useEmployment: ActionSet<ContactProfile> = (contact) => {
  const { t } = useTranslation();
  const toggle = useTogglePrimary();
  const [dialog, setDialog] = useState<ReactNode>(null);
  const { id, name, employer, frozen, values, archived } = contact;
  const close = () => setDialog(null);
  const request = { selection: { by: "ids" as const, ids: [id] }, count: 1, name };
  const isSynced = values.auto_sync === true;
  const isFrozen = frozen && t("errors.frozen");
  const shared = { group: "employment", permission: "edit_contacts" } as const;
  return {
    actions: [
      {
        ...shared,
        id: "toggle_primary",
        label: t("archive.primary.toggle"),
        icon: Star,
        hotkey: "p",
        disabled: isFrozen || (!employer && t("archive.primary.noEmployer")),
        run: () => void toggle(id),
      },
      {
        ...shared,
        id: "auto_sync",
        label: isSynced ? t("archive.sync.disable") : t("archive.sync.enable"),
        icon: isSynced ? RefreshCwOff : RefreshCw,
        hotkey: "y",
        disabled: isFrozen,
        run: () => setDialog(<AutoSyncDialog request={{ ...request, on: !isSynced }} onClose={close} />),
      },
      {
        ...shared,
        id: "job_move",
        label: t("archive.move.menu"),
        icon: Building2,
        hotkey: "Shift+M",
        disabled: isFrozen,
        run: () => setDialog(<JobMoveDialog contact={contact} onClose={close} />),
      },
      {
        ...shared,
        id: "person_left",
        label: t("archive.left.menu"),
        icon: UserRoundX,
        hotkey: "Shift+L",
        run: () => setDialog(<PersonLeftDialog contact={contact} onClose={close} />),
      },
      {
        ...shared,
        id: "archive",
        label: t("archive.menu"),
        icon: Archive,
        hotkey: "Shift+E",
        disabled: isFrozen,
        run: () => setDialog(<ArchiveDialog request={request} onClose={close} />),
      },
      {
        ...shared,
        id: "revive",
        label: t("archive.revive.menu"),
        icon: ArchiveRestore,
        hotkey: "Shift+V",
        hidden: archived.length === 0,
        run: () =>
          setDialog(
            // Of a rejected contact nothing else can be taken back first.
            <ReviveDialog request={{ ...request, ways: frozen ? ["reject"] : archived }} onClose={close} />,
          ),
      },
    ],
    dialog,
  };
};

/** The same for selected contacts. */
export const useBulkEmployment: ActionSet<BulkTarget> = ({ selection, count, name, done }) => {
  const { t } = useTranslation();
  const toggle = useTogglePrimary();
  const [dialog, setDialog] = useState<ReactNode>(null);
  const close = () => setDialog(null);
  const request = { selection, count, name, onDone: done };
  const only = selection.by === "ids" && selection.ids.length === 1 ? selection.ids[0] : undefined;
  const shared = {
    group: "employment",
    permission: count > 1 ? ("bulk_update" as const) : ("edit_contacts" as const),
  } as const;
  const sync = (on: boolean) => () => setDialog(<AutoSyncDialog request={{ ...request, on }} onClose={close} />);
  return {
    actions: [
      {
        ...shared,
        id: "archive",
        label: t("archive.menu"),
        icon: Archive,
        hotkey: "Shift+E",
        place: "button",
        run: () => setDialog(<ArchiveDialog request={request} onClose={close} />),
      },
      {
        ...shared,
        id: "revive",
        label: t("archive.revive.menu"),
        icon: ArchiveRestore,
        hotkey: "Shift+V",
        run: () => setDialog(<ReviveDialog request={{ ...request, ways: [...ARCHIVE_WAY] }} onClose={close} />),
      },
      {
        ...shared,
        id: "toggle_primary",
        label: t("archive.primary.toggle"),
        icon: Star,
        hidden: only === undefined,
        run: () => only && void toggle(only),
      },
      { ...shared, id: "auto_sync_on", label: t("archive.sync.enable"), icon: RefreshCw, run: sync(true) },
      { ...shared, id: "auto_sync_off", label: t("archive.sync.disable"), icon: RefreshCwOff, run: sync(false) },
    ],
    dialog,
  };
};
