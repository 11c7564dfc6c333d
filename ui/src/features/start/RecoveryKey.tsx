import { Copy, Printer } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import mark from "~/kit/layout/Mark.module.css";
import row from "~/kit/layout/Row.module.css";
import { RecoverySheet } from "./RecoverySheet.tsx";
import styles from "./Start.module.css";
import { StartPage } from "./StartPage.tsx";
import { groupsOf } from "./setup.ts";

/** The recovery key, shown this once. It goes on when the person says that it is kept. */
export function RecoveryKey({
  recoveryKey,
  institution,
  lead,
  failed,
  onKept,
}: {
  recoveryKey: string;
  institution: string;
  /** What it is for, where that is not the first start. */
  lead?: string;
  /** Why going on failed. */
  failed?: unknown;
  onKept: () => void;
}) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  const [copied, setCopied] = useState<boolean | null>(null);
  const shown = useRef<HTMLOutputElement>(null);
  const groups = groupsOf(recoveryKey);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(recoveryKey);
      setCopied(true);
    } catch {
      // Some web views keep the clipboard closed: the key is selected, so that it can be copied by hand.
      if (shown.current) window.getSelection()?.selectAllChildren(shown.current);
      setCopied(false);
    }
  };

  return (
    <>
      <StartPage title={t("start.recovery.title")} lead={lead ?? t("start.recovery.lead")}>
        <output ref={shown} className={mark.key} aria-label={t("start.recovery.key")}>
          {groups.map((group, n) => (
            <span key={`${n + 1} ${group}`} className={styles.keyGroup}>
              {group}
              {/* A copied selection holds the key as it is typed. */}
              {n < groups.length - 1 && <span className="visually-hidden">-</span>}
            </span>
          ))}
        </output>
        <div className={row.wrapCenter}>
          <Button icon={Copy} onPress={() => void copy()}>
            {t("start.recovery.copy")}
          </Button>
          <Button icon={Printer} onPress={() => window.print()}>
            {t("start.recovery.print")}
          </Button>
          <span className={styles.note} role="status">
            {copied !== null && t(copied ? "start.recovery.copied" : "start.recovery.notCopied")}
          </span>
        </div>
        <Checkbox isSelected={kept} onChange={setKept}>
          {t("start.recovery.kept")}
        </Checkbox>
        <ErrorLine error={failed} />
        <div className={styles.submit}>
          <Button variant="primary" isDisabled={!kept} onPress={onKept}>
            {t("start.recovery.next")}
          </Button>
        </div>
      </StartPage>
      <div className={styles.sheet} aria-hidden>
        <RecoverySheet recoveryKey={recoveryKey} institution={institution} />
      </div>
    </>
  );
}
