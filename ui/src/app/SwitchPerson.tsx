import { useTranslation } from "react-i18next";
import { UnlockForm } from "~/features/start/Unlock.tsx";
import { Dialog } from "~/kit/components/Dialog.tsx";

/** Another person comes to the desk with their passcode. */
export default function SwitchPerson({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog isOpen title={t("shell.person.switchTitle")} onClose={onClose}>
      <p>{t("shell.person.switchLead")}</p>
      <UnlockForm label={t("start.unlock.label")} act={t("shell.person.switchAct")} isMain onDone={onClose} />
    </Dialog>
  );
}
