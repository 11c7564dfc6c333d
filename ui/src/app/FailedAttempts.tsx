import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { Dialog } from "~/kit/components/Dialog.tsx";
import { When } from "~/kit/components/When.tsx";
import { useAppState } from "~/session/session.ts";

/** Says that wrong passcodes were entered before whoever is here came. It is told once, so it is kept until it is read. */
export function FailedAttempts() {
  const { t } = useTranslation();
  const { failures } = useAppState();
  const [given, setGiven] = useState(failures);
  const [told, setTold] = useState(failures);
  if (failures !== null && failures !== given) {
    setGiven(failures);
    setTold(failures);
  }
  if (told === null) return null;
  const close = () => setTold(null);
  return (
    <Dialog
      title={t("start.failures.title", { count: told.count })}
      onClose={close}
      role="alertdialog"
      footer={
        <Button variant="primary" onPress={close} autoFocus>
          {t("start.failures.ok")}
        </Button>
      }
    >
      <p>
        {t("start.failures.since")} <When at={told.since} />
      </p>
      <p>{t("start.failures.act")}</p>
    </Dialog>
  );
}
