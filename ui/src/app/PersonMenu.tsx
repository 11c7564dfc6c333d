import { Lock, UserRound } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { ActorInfo } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Menu, MenuItem } from "~/kit/components/Menu.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import { useAutoLock } from "~/session/lock.ts";
import styles from "./Shell.module.css";

const SwitchPerson = lazy(() => import("./SwitchPerson.tsx"));

/** Who is at the desk; on a shared computer, one locks it or hands it over. */
export function PersonMenu({ actor }: { actor: ActorInfo }) {
  const { t } = useTranslation();
  const [switching, setSwitching] = useState(false);
  const { canLock, lock } = useAutoLock();
  const role = actor.own_role ?? choiceLabel("role", actor.role);
  useHotkeys(t("shell.keys.anywhere"), [
    { keys: "Ctrl+Shift+L", label: t("shell.person.lock"), run: lock, enabled: canLock },
  ]);
  const note = canLock ? undefined : t("shell.person.noPasscode");
  return (
    <>
      <Menu
        label={t("shell.signedInAs", { name: actor.name, role })}
        trigger={
          <Button
            className={styles.person ?? ""}
            aria-label={t("shell.signedInAs", { name: actor.name, role })}
            data-person
          >
            <Avatar name={actor.name} />
          </Button>
        }
      >
        <MenuItem id="switch" icon={UserRound} isDisabled={!canLock} note={note} onAction={() => setSwitching(true)}>
          {t("shell.person.switch")}
        </MenuItem>
        <MenuItem id="lock" icon={Lock} hotkey="Ctrl+Shift+L" isDisabled={!canLock} onAction={lock}>
          {t("shell.person.lock")}
        </MenuItem>
      </Menu>
      <Suspense>{switching && <SwitchPerson onClose={() => setSwitching(false)} />}</Suspense>
    </>
  );
}
