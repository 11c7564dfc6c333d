import { useTranslation } from "react-i18next";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { MomentField } from "~/kit/components/MomentField.tsx";
import stack from "~/kit/layout/Stack.module.css";
import styles from "./Compose.module.css";

type Props = {
  isLater: boolean;
  /** Milliseconds since 1970. */
  at: number | null;
  onLater: (isLater: boolean) => void;
  onTime: (at: number | null) => void;
  error: string | undefined;
};

/** When the messages go: at once, or at a time, which they wait for in the outbox. */
export function SendTime({ isLater, at, onLater, onTime, error }: Props) {
  const { t } = useTranslation();
  return (
    <div className={stack.by8} data-key="send_later">
      <Checkbox isSelected={isLater} onChange={onLater}>
        {t("mail.compose.later")}
      </Checkbox>
      {isLater && (
        <>
          <MomentField label={t("mail.compose.sendAt")} value={at} onChange={onTime} error={error} isRequired quick />
          <p className={styles.quiet}>{t("mail.compose.laterNote")}</p>
        </>
      )}
    </div>
  );
}
