import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type RoleInfo, type UsersChange, type UsersPreview } from "~/ipc";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { RadioList } from "~/kit/components/RadioList.tsx";
import { Skeleton } from "~/kit/components/States.tsx";
import { choiceLabel, listed } from "~/kit/i18n/words.ts";
import mark from "~/kit/layout/Mark.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { ChangePreview } from "~/records/fields/ChangePreview.tsx";
import { PORTAL_ROLES, rolesQuery } from "../roles/kind.ts";
import { useVisibleAreas } from "../roles/RoleForm.tsx";
import { VisibleAreas } from "../roles/VisibleAreas.tsx";
import styles from "./EmployerUser.module.css";
import { type Users, useChangeUsers } from "./useChangeUsers.ts";

export type ChangeRequest = { what: "on" | "off" | "role"; users: Users; count: number };

/** Changes shown before they are made. */
const SHOWN = 8;

/** Says what a change of access or role will do, user by user, and does it. */
export default function ChangeUsers({ request, onClose }: { request: ChangeRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const { what, users, count } = request;
  const change = useChangeUsers();
  const roles = useQuery({ ...rolesQuery, enabled: what === "role" });
  const present = useQuery({
    queryKey: ["employer_users", "roles", users.selection],
    queryFn: () => call(commands.usersRoles(users.selection)),
    enabled: what === "role",
    gcTime: 0,
  });
  const [chosen, setPicked] = useState<string | null>(null);
  // Where all have one role, it is the one that is chosen until another is.
  const shared = present.data?.length === 1 ? (present.data[0]?.role ?? null) : null;
  const picked = chosen ?? shared;
  const role = roles.data?.find(({ id }) => id === picked);
  const asked: UsersChange | null =
    what === "role" ? (role ? { change: "role", role: role.id } : null) : { change: "access", on: what === "on" };
  const preview = useQuery({
    queryKey: ["employer_users", "preview", users.selection, asked],
    queryFn: () => call(commands.usersPreview(users.selection, asked as UsersChange)),
    enabled: asked !== null,
    gcTime: 0,
    retry: false,
  });
  const found = preview.data;
  const { name } = users;

  const presentWords = (id: string) => {
    const have = present.data?.find(({ role }) => role === id)?.users ?? 0;
    if (have === 0) return "";
    return count === 1 ? t("employerUsers.role.present") : t("employerUsers.role.presentMany", { count: have });
  };
  const before = roles.data?.find(({ id }) => id === shared);

  const act = () => {
    onClose();
    if (what !== "role") void change.access(users, what === "on");
    else if (role) void change.role(users, role);
  };

  return (
    <ActDialog
      title={
        name !== null
          ? t(`employerUsers.change.${what}One`, { name })
          : t(`employerUsers.change.${what}Many`, { count })
      }
      onClose={onClose}
      size="medium"
      act={t(
        what === "role"
          ? "employerUsers.role.act"
          : what === "on"
            ? "employerUsers.access.turnOn"
            : "employerUsers.access.turnOff",
      )}
      destructive={what === "off"}
      isDisabled={found === undefined || found.changes === 0}
      error={preview.error ?? roles.error}
      onAct={act}
    >
      <div className={`${stack.asked} ${styles.ask}`}>
        {what === "role" && (
          <>
            {roles.data && (
              <RadioList
                label={t("employerUsers.role.label")}
                choices={roles.data.map((each) => ({ id: each.id, label: each.name, note: presentWords(each.id) }))}
                value={picked ?? ""}
                onChange={setPicked}
              />
            )}
            {role && before && role.id !== before.id && <Difference before={before} after={role} />}
            {role ? (
              <RoleVisibleAreas permissions={role.permissions} />
            ) : (
              <p className={styles.quiet}>{t("employerUsers.role.choose")}</p>
            )}
          </>
        )}
      </div>
      {found ? <Found what={what} preview={found} name={name} /> : asked !== null && preview.isPending && <Skeleton />}
    </ActDialog>
  );
}

/** What the new role permits that the present one doesn't, and the other way round. */
function Difference({ before, after }: { before: RoleInfo; after: RoleInfo }) {
  const { t } = useTranslation();
  const only = (some: RoleInfo, other: RoleInfo) =>
    listed(
      some.permissions
        .filter((permission) => !other.permissions.includes(permission))
        .map((permission) => choiceLabel("permissions", permission)),
    );
  const gained = only(after, before);
  const lost = only(before, after);
  if (gained === "" && lost === "")
    return <p className={styles.quiet}>{t("employerUsers.role.same", { role: before.name })}</p>;
  return (
    <div className={stack.by4}>
      {gained !== "" && <p>{t("employerUsers.role.gained", { permissions: gained })}</p>}
      {lost !== "" && <p>{t("employerUsers.role.lost", { permissions: lost })}</p>}
    </div>
  );
}

function RoleVisibleAreas({ permissions }: { permissions: Parameters<typeof PORTAL_ROLES.preview>[0] }) {
  const sights = useVisibleAreas(PORTAL_ROLES, permissions);
  return (
    <div className={`${mark.sunken} ${styles.sights}`}>
      <VisibleAreas sights={sights.data?.sees} words={PORTAL_ROLES.words} />
    </div>
  );
}

function Found({ what, preview, name }: { what: ChangeRequest["what"]; preview: UsersPreview; name: string | null }) {
  const { t } = useTranslation();
  const { changes, can_log_in: canLogIn } = preview;
  const stays =
    what === "role"
      ? [
          name === null
            ? t("employerUsers.change.accessStays", { count: canLogIn })
            : t("employerUsers.change.accessStaysOne"),
        ]
      : [t("employerUsers.change.roleStays")];
  return (
    <>
      {what !== "role" && (
        <p className={`${stack.asked} ${styles.ask}`}>
          {t(what === "on" ? "employerUsers.change.willOn" : "employerUsers.change.willOff", { count: changes })}{" "}
          {what === "off" && changes > 0 && t("employerUsers.change.reads", { words: preview.without_access })}
        </p>
      )}
      <ChangePreview
        total={changes}
        changes={preview.first.slice(0, SHOWN).map(({ kind, record, name, fields }) => ({
          kind,
          id: record,
          name: name || t("employerUsers.private.name"),
          fields,
        }))}
        stays={[...stays, t("employerUsers.change.contactsStay")]}
        skipped={[{ why: t(`employerUsers.change.already.${what}`), count: preview.already_so }]}
      />
    </>
  );
}
