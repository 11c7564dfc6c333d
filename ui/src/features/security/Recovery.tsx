import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { CopyButton } from "~/kit/components/CopyButton.tsx";
import { Dialog } from "~/kit/components/Dialog.tsx";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import mark from "~/kit/layout/Mark.module.css";
import sections from "~/kit/layout/Sections.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { AuthorityField } from "../staff/AuthorityField.tsx";
import { groupsOf } from "../start/setup.ts";

/** The recovery key: what it is for, and a new one. */
export function Recovery({ canLock }: { canLock: boolean }) {
  const { t } = useTranslation();
  const id = useId();
  const [asking, setAsking] = useState(false);
  return (
    <section className={sections.section} aria-labelledby={id}>
      <h2 id={id} className={sections.title}>
        {t("security.recovery.title")}
      </h2>
      <div className={sections.body}>
        <p>{t("security.recovery.about")}</p>
        <Button onPress={() => setAsking(true)}>{t("security.recovery.renew")}</Button>
      </div>
      {asking && <RenewDialog canLock={canLock} onClose={() => setAsking(false)} />}
    </section>
  );
}

function RenewDialog({ canLock, onClose }: { canLock: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [authority, setAuthority] = useState("");
  const [key, setKey] = useState<string | null>(null);
  const form = useSubmit(async () => setKey(await call(commands.recoveryRenew(canLock ? authority : null))));
  const isWrong = form.error?.code === "wrong_passcode";
  if (key !== null) {
    return (
      <Dialog
        title={t("security.recovery.shown")}
        onClose={onClose}
        role="alertdialog"
        footer={
          <Button variant="primary" onPress={onClose}>
            {t("security.recovery.done")}
          </Button>
        }
      >
        <div className={stack.by12}>
          <p>{t("security.recovery.keep")}</p>
          <output className={mark.key} aria-label={t("security.recovery.title")}>
            {groupsOf(key).map((group, n) => (
              <span key={`${n + 1} ${group}`}>{group}</span>
            ))}
          </output>
          <div>
            <CopyButton text={key} what={t("security.recovery.title")} />
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t("security.recovery.dialog")}
      onClose={onClose}
      act={t("security.recovery.act")}
      isDisabled={canLock && authority === ""}
      {...(isWrong && { error: null })}
      form={form}
    >
      <p>{t("security.recovery.will")}</p>
      <p>{t("security.recovery.ends")}</p>
      {canLock && <AuthorityField isWrong={isWrong} value={authority} onChange={setAuthority} />}
    </FormDialog>
  );
}
