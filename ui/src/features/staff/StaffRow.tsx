import { Ban, Ellipsis, IdCard, KeyRound, KeySquare, PencilLine, UserRoundCheck, UserX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { call, commands, type StaffMember } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import rows from "~/kit/layout/Rows.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { useAnnounce } from "~/session/undo.ts";
import { personName } from "./kind.ts";

/** What can be done with a staff member, each in a dialog. */
export type StaffAct = "edit" | "role" | "deactivate" | "passcode" | "no_passcode";

type Props = { person: StaffMember; canManage: boolean; onAct: (act: StaffAct) => void };

/** A staff member: role, whether they have a passcode here, their cases, and what can be done. */
export function StaffRow({ person, canManage, onAct }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const name = personName(person);
  const reactivate = async () => {
    try {
      const done = await call(commands.staffDeactivate(person.id, false));
      announce(done.operation, t("staff.reactivatedDone", { name }), t("staff.deactivatedAgain", { name }));
    } catch (thrown) {
      toastError(thrown);
    }
  };
  return (
    <li className={rows.row} data-deactivated={person.deactivated || undefined}>
      <Avatar name={name} size={32} />
      <span className={stack.words}>
        <span className={rows.name} title={name}>
          {name}
        </span>
        <span className={rows.note}>{person.email}</span>
      </span>
      {person.me && <Chip>{t("staff.me")}</Chip>}
      {person.deactivated ? (
        <Chip icon={Ban} tone="bad">
          {t("staff.deactivated")}
        </Chip>
      ) : (
        <Chip icon={IdCard}>{person.own_role?.name ?? choiceLabel("role", person.role)}</Chip>
      )}
      {person.passcode && !person.deactivated && (
        <Chip icon={KeyRound} tone="faint">
          {t("staff.passcode")}
        </Chip>
      )}
      {person.cases > 0 && <span className={rows.count}>{t("staff.cases", { count: person.cases })}</span>}
      {(canManage || person.me) && (
        <Menu
          label={t("staff.actions", { name })}
          trigger={<IconButton label={t("staff.actions", { name })} icon={Ellipsis} size="small" />}
        >
          <MenuItem id="edit" icon={PencilLine} onAction={() => onAct("edit")}>
            {t("staff.edit")}
          </MenuItem>
          {canManage && (
            <MenuItem id="role" icon={IdCard} onAction={() => onAct("role")}>
              {t("staff.changeRole")}
            </MenuItem>
          )}
          <MenuItem id="passcode" icon={KeySquare} onAction={() => onAct("passcode")}>
            {t(person.passcode ? "staff.passcodeChange" : "staff.passcodeSet")}
          </MenuItem>
          {person.passcode && (
            <MenuItem id="no_passcode" icon={Ban} onAction={() => onAct("no_passcode")}>
              {t("staff.passcodeRemove")}
            </MenuItem>
          )}
          {canManage && <MenuSeparator />}
          {canManage &&
            (person.deactivated ? (
              <MenuItem id="reactivate" icon={UserRoundCheck} onAction={() => void reactivate()}>
                {t("staff.reactivate")}
              </MenuItem>
            ) : (
              <MenuItem id="deactivate" icon={UserX} tone="bad" onAction={() => onAct("deactivate")}>
                {t("staff.deactivate")}
              </MenuItem>
            ))}
        </Menu>
      )}
    </li>
  );
}
