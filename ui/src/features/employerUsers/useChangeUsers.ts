import { useTranslation } from "react-i18next";
import { call, commands, type EmployerUserDetail, progressChannel, type Selection } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useAnnounce } from "~/session/undo.ts";

/** Some employer users to do something with. */
export type Users = {
  selection: Selection;
  /** The name, where it is one. */
  name: string | null;
  /** Called once it is done. */
  done?: (() => void) | undefined;
};

/** What sentences call an employer user; whoever's profile is private they only count. */
export function nameOf(user: EmployerUserDetail): string | null {
  return user.private ? null : user.name;
}

const cancel = () => void commands.operationCancel();

/** Changes access and roles of employer users, and deletes them; says what was done. */
export function useChangeUsers() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  /** What is true again once a change of access was undone. */
  const undoneAccess = (on: boolean, name: string | null, count: number) => {
    if (on) return name !== null ? t("employerUsers.done.offOne", { name }) : t("employerUsers.done.off", { count });
    return name !== null ? t("employerUsers.undone.offOne", { name }) : t("employerUsers.undone.off", { count });
  };
  return {
    access: async ({ selection, name, done }: Users, on: boolean) => {
      try {
        const changed = await runTask(
          t("employerUsers.access.running"),
          (onProgress) => call(commands.usersAccess(selection, on, progressChannel(onProgress))),
          cancel,
        );
        done?.();
        const words = on ? "on" : "off";
        announce(
          changed.operation,
          changed.operation === null
            ? t("employerUsers.done.nothing")
            : name !== null
              ? t(`employerUsers.done.${words}One`, { name })
              : t(`employerUsers.done.${words}`, { count: changed.changed }),
          undoneAccess(on, name, changed.changed),
        );
      } catch (thrown) {
        toastError(thrown);
      }
    },
    role: async ({ selection, name, done }: Users, role: { id: string; name: string }) => {
      try {
        const changed = await runTask(
          t("employerUsers.role.running"),
          (onProgress) => call(commands.usersRole(selection, role.id, progressChannel(onProgress))),
          cancel,
        );
        done?.();
        announce(
          changed.operation,
          changed.operation === null
            ? t("employerUsers.done.nothing")
            : name !== null
              ? t("employerUsers.done.roleOne", { name, role: role.name })
              : t("employerUsers.done.role", { count: changed.changed, role: role.name }),
          name !== null
            ? t("employerUsers.undone.roleOne", { name })
            : t("employerUsers.undone.role", { count: changed.changed }),
        );
      } catch (thrown) {
        toastError(thrown);
      }
    },
    erase: async ({ selection, name, done }: Users) => {
      try {
        const erased = await runTask(
          t("employerUsers.erase.running"),
          (onProgress) => call(commands.usersErase(selection, progressChannel(onProgress))),
          cancel,
        );
        done?.();
        // No Undo: what is erased is gone.
        const words =
          name !== null ? t("employerUsers.done.erasedOne") : t("employerUsers.done.erased", { count: erased.changed });
        announce(null, erased.traces ? `${words} ${t(`trash.traces.${erased.traces}`)}` : words);
      } catch (thrown) {
        toastError(thrown);
      }
    },
  };
}
