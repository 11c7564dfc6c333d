import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StaffMember } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import frame from "~/kit/layout/Frame.module.css";
import rows from "~/kit/layout/Rows.module.css";
import text from "~/kit/layout/Text.module.css";
import { useMay } from "~/session/session.ts";
import { staffQuery, staffRolesQuery } from "./kind.ts";
import { StaffRoles } from "./StaffRoles.tsx";
import { type StaffAct, StaffRow } from "./StaffRow.tsx";

const StaffDialog = lazy(() => import("./StaffDialog.tsx"));
const AssignRole = lazy(() => import("./AssignRole.tsx"));
const Deactivate = lazy(() => import("./Deactivate.tsx"));
const PasscodeDialog = lazy(() => import("./PasscodeDialog.tsx"));
const RemovePasscode = lazy(() => import("./RemovePasscode.tsx"));

type Asked = { act: "new" } | { act: StaffAct; person: StaffMember };

/** Who works here, and what each of them may do. */
export function Staff() {
  const { t } = useTranslation();
  const canManage = useMay()("manage_staff");
  const staff = useQuery(staffQuery);
  const roles = useQuery(staffRolesQuery);
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  useHotkeys(
    t("staff.title"),
    canManage ? [{ keys: "n", label: t("staff.new"), run: () => setAsked({ act: "new" }) }] : [],
  );
  const error = staff.error ?? roles.error;
  if (error) {
    const again = () => void Promise.all([staff.refetch(), roles.refetch()]);
    return <ErrorState error={error} onRetry={again} />;
  }
  return (
    <Scrollable label={t("staff.title")} className={frame.scroll}>
      <div className={rows.column}>
        <section aria-label={t("staff.title")}>
          <header className={rows.header}>
            <p className={text.lead}>{t("staff.lead")}</p>
            {canManage && (
              <Button variant="primary" icon={Plus} hotkey="n" onPress={() => setAsked({ act: "new" })}>
                {t("staff.new")}
              </Button>
            )}
          </header>
          {staff.data === undefined ? (
            <Skeleton />
          ) : (
            <ul className={rows.list} aria-label={t("staff.list")}>
              {staff.data.map((person) => (
                <StaffRow
                  key={person.id}
                  person={person}
                  canManage={canManage}
                  onAct={(act) => setAsked({ act, person })}
                />
              ))}
            </ul>
          )}
        </section>
      </div>
      {roles.data === undefined ? <Skeleton /> : <StaffRoles roles={roles.data} canManage={canManage} />}
      <Suspense>
        {asked?.act === "new" && roles.data && <StaffDialog person={null} roles={roles.data} onClose={close} />}
        {asked?.act === "edit" && roles.data && (
          <StaffDialog person={asked.person} roles={roles.data} onClose={close} />
        )}
        {asked?.act === "role" && roles.data && <AssignRole person={asked.person} roles={roles.data} onClose={close} />}
        {asked?.act === "deactivate" && <Deactivate person={asked.person} onClose={close} />}
        {asked?.act === "passcode" && <PasscodeDialog person={asked.person} onClose={close} />}
        {asked?.act === "no_passcode" && <RemovePasscode person={asked.person} onClose={close} />}
      </Suspense>
    </Scrollable>
  );
}
