import { CalendarPlus, Ellipsis, Pencil, Trash2, UsersRound } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type Id, PARTS } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import type { ActivityKind } from "./kinds.ts";

const EditActivity = lazy(() => import("./EditActivity.tsx"));
const People = lazy(() => import("./People.tsx"));

type Subject = { kind: ActivityKind; id: Id; name: string; may?: boolean | undefined };

/** What can be done with one activity: its menu, and the dialogs that the menu opens. */
export function useActivityActs({ kind, id, name, may: asked }: Subject): {
  menu: ReactNode;
  edit: () => void;
  dialogs: ReactNode;
} {
  const { t } = useTranslation();
  const mayEdit = useMay()("edit_contacts");
  const may = asked ?? mayEdit;
  const announce = useAnnounce();
  const [open, setOpen] = useState<"edit" | "people" | null>(null);
  const called = name || t(`fields.kind.${kind}`);
  const remove = async () => {
    try {
      const done = await call(commands.recordsDelete(kind, [id]));
      announce(done.operation, t("activities.deleted", { name: called }), t("trash.deleted.again", { name: called }));
    } catch (error) {
      toastError(error);
    }
  };
  const save = async () => {
    try {
      const path = await call(commands.meetingSaveCalendar(id));
      if (path) toast(t("activities.calendarSaved", { path }));
    } catch (error) {
      toastError(error);
    }
  };
  const close = () => setOpen(null);
  const menu = (may || PARTS[kind]) && (
    <Menu
      label={t("activities.acts", { name: called })}
      trigger={<IconButton label={t("activities.acts", { name: called })} icon={Ellipsis} size="small" />}
    >
      {may && (
        <MenuItem id="edit" icon={Pencil} onAction={() => setOpen("edit")}>
          {t("record.page.edit")}
        </MenuItem>
      )}
      {PARTS[kind] && (
        <MenuItem id="people" icon={UsersRound} onAction={() => setOpen("people")}>
          {t("activities.people.title")}
        </MenuItem>
      )}
      {kind === "meeting" && (
        <MenuItem id="calendar" icon={CalendarPlus} onAction={() => void save()}>
          {t("activities.calendar")}
        </MenuItem>
      )}
      {may && <MenuSeparator />}
      {may && (
        <MenuItem id="delete" icon={Trash2} tone="bad" onAction={() => void remove()}>
          {t("activities.delete")}
        </MenuItem>
      )}
    </Menu>
  );
  const dialogs = open && (
    <Suspense>
      {open === "edit" && <EditActivity kind={kind} id={id} onClose={close} />}
      {open === "people" && <People kind={kind} id={id} name={called} onClose={close} />}
    </Suspense>
  );
  return { menu, edit: () => setOpen("edit"), dialogs };
}
