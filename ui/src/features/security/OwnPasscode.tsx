import { lazy, Suspense, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StaffMember } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import row from "~/kit/layout/Row.module.css";
import sections from "~/kit/layout/Sections.module.css";

const PasscodeDialog = lazy(() => import("../staff/PasscodeDialog.tsx"));
const RemovePasscode = lazy(() => import("../staff/RemovePasscode.tsx"));

/** One's own passcode on this computer. */
export function OwnPasscode({ me, canLock }: { me: StaffMember; canLock: boolean }) {
  const { t } = useTranslation();
  const id = useId();
  const [asked, setAsked] = useState<"set" | "remove" | null>(null);
  const close = () => setAsked(null);
  return (
    <section className={sections.section} aria-labelledby={id}>
      <h2 id={id} className={sections.title}>
        {t("security.passcode.title")}
      </h2>
      <div className={sections.body}>
        <p>{t(me.passcode ? "security.passcode.has" : "security.passcode.none")}</p>
        <div className={row.wrap}>
          <Button onPress={() => setAsked("set")}>
            {t(me.passcode ? "security.passcode.change" : "security.passcode.set")}
          </Button>
          {me.passcode && canLock && (
            <Button variant="quiet" onPress={() => setAsked("remove")}>
              {t("security.passcode.remove")}
            </Button>
          )}
        </div>
        <p className={sections.note}>{t("security.passcode.others")}</p>
      </div>
      <Suspense>
        {asked === "set" && <PasscodeDialog person={me} onClose={close} />}
        {asked === "remove" && <RemovePasscode person={me} onClose={close} />}
      </Suspense>
    </section>
  );
}
