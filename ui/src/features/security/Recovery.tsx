import { useQuery } from "@tanstack/react-query";
import { Printer } from "lucide-react";
import { useId, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { call, commands } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { CopyButton } from "~/kit/components/CopyButton.tsx";
import { Dialog } from "~/kit/components/Dialog.tsx";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { ErrorLine, Skeleton } from "~/kit/components/States.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { When } from "~/kit/components/When.tsx";
import mark from "~/kit/layout/Mark.module.css";
import row from "~/kit/layout/Row.module.css";
import sections from "~/kit/layout/Sections.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { useAppState } from "~/session/session.ts";
import { AuthorityField } from "../staff/AuthorityField.tsx";
import { RecoverySheet } from "../start/RecoverySheet.tsx";
import { groupsOf } from "../start/setup.ts";
import styles from "./Security.module.css";

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
        <KeyHistory />
        <Button onPress={() => setAsking(true)}>{t("security.recovery.renew")}</Button>
      </div>
      {asking && <RenewDialog canLock={canLock} onClose={() => setAsking(false)} />}
    </section>
  );
}

/** Since when the key that works now exists, who made it, and whether it was printed. */
function KeyHistory() {
  const { t } = useTranslation();
  const steps = useQuery({
    queryKey: ["history", "recovery"],
    queryFn: () => call(commands.recoveryHistory()),
  });
  if (steps.error) return <ErrorLine error={steps.error} />;
  if (!steps.data) return <Skeleton lines={1} />;
  const wasPrinted = steps.data.some(({ what }) => what === "printed");
  const [made] = steps.data.slice(-1);
  return (
    <>
      <ul className={stack.by4} aria-label={t("security.recovery.history")}>
        {steps.data.toReversed().map(({ what, at, by, device }) => (
          <li key={`${what} ${at}`}>
            {t(`security.recovery.step.${by === "" ? "unknown" : "by"}.${what}`, { name: by })} · <When at={at} />
            {device !== "" && ` · ${t("security.recovery.device", { device })}`}
          </li>
        ))}
      </ul>
      {/* Before anybody is logged in, nobody writes down what is printed. */}
      {!wasPrinted && made?.what === "created" && <p className={sections.note}>{t("security.recovery.notPrinted")}</p>}
    </>
  );
}

function RenewDialog({ canLock, onClose }: { canLock: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [authority, setAuthority] = useState("");
  const [key, setKey] = useState<string | null>(null);
  const form = useSubmit(async () => setKey(await call(commands.recoveryRenew(canLock ? authority : null))));
  const { institution } = useAppState();
  const print = () => {
    window.print();
    call(commands.recoveryPrinted()).catch(toastError);
  };
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
          <div className={row.wrap}>
            <CopyButton text={key} what={t("security.recovery.title")} />
            <Button icon={Printer} onPress={print}>
              {t("security.recovery.print")}
            </Button>
          </div>
        </div>
        {createPortal(
          <div className={styles.sheet} aria-hidden>
            <RecoverySheet recoveryKey={key} institution={institution ?? ""} />
          </div>,
          document.body,
        )}
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
