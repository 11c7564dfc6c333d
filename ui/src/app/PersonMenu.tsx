import { useQuery } from "@tanstack/react-query";
import { CircleUserRound, KeySquare, Lock, UserRound } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { staffQuery, staffRolesQuery } from "~/features/staff/kind.ts";
import type { ActorInfo } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import { useAutoLock } from "~/session/lock.ts";
import person from "./Person.module.css";
import styles from "./Shell.module.css";

const SwitchPerson = lazy(() => import("./SwitchPerson.tsx"));
const StaffDialog = lazy(() => import("~/features/staff/StaffDialog.tsx"));
const PasscodeDialog = lazy(() => import("~/features/staff/PasscodeDialog.tsx"));

type Asked = "switch" | "profile" | "passcode";

/** Who is logged in, and their own profile; on a shared computer, one locks it or hands it over. */
export function PersonMenu({ actor }: { actor: ActorInfo }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { canLock, lock } = useAutoLock();
  const isAsked = asked === "profile" || asked === "passcode";
  const me = useQuery({ ...staffQuery, enabled: isAsked }).data?.find((each) => each.me);
  const roles = useQuery({ ...staffRolesQuery, enabled: isAsked }).data;
  const role = actor.own_role ?? choiceLabel("role", actor.role);
  const close = () => setAsked(null);
  useHotkeys(t("shell.keys.anywhere"), [
    { keys: "Ctrl+Shift+L", label: t("shell.person.lock"), run: lock, enabled: canLock },
  ]);
  const note = canLock ? undefined : t("shell.person.noPasscode");
  return (
    <>
      <Menu
        label={t("shell.signedInAs", { name: actor.name, role })}
        top={
          <div className={`${person.who} ${person.card}`}>
            <Avatar name={actor.name} size={32} />
            <span className={stack.words}>
              <span className={person.name}>{actor.name}</span>
              <span className={person.note}>{role}</span>
              <span className={person.note}>{actor.email}</span>
            </span>
          </div>
        }
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
        <MenuItem id="profile" icon={CircleUserRound} onAction={() => setAsked("profile")}>
          {t("shell.person.profile")}
        </MenuItem>
        <MenuItem id="passcode" icon={KeySquare} onAction={() => setAsked("passcode")}>
          {t(canLock ? "shell.person.passcodeChange" : "shell.person.passcodeSet")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem id="switch" icon={UserRound} isDisabled={!canLock} note={note} onAction={() => setAsked("switch")}>
          {t("shell.person.switch")}
        </MenuItem>
        <MenuItem id="lock" icon={Lock} hotkey="Ctrl+Shift+L" isDisabled={!canLock} onAction={lock}>
          {t("shell.person.lock")}
        </MenuItem>
      </Menu>
      <Suspense>
        {asked === "switch" && <SwitchPerson onClose={close} />}
        {asked === "profile" && me && roles && <StaffDialog person={me} roles={roles} onClose={close} />}
        {asked === "passcode" && me && <PasscodeDialog person={me} onClose={close} />}
      </Suspense>
    </>
  );
}
