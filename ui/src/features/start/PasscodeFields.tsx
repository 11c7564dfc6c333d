import { useTranslation } from "react-i18next";
import { TextField } from "~/kit/components/TextField.tsx";
import styles from "./Start.module.css";

type Props = {
  passcode: string;
  again: string;
  /** What is wrong before Rust is asked. */
  slip: "short" | "differs" | null;
  /** What Rust says is wrong. */
  problem: string | undefined;
  onChange: (passcode: string) => void;
  onChangeAgain: (passcode: string) => void;
};

/** A new passcode, typed twice. */
export function PasscodeFields({ passcode, again, slip, problem, onChange, onChangeAgain }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.pair}>
      <TextField
        name="passcode"
        type="password"
        label={t("start.setup.passcodeLabel")}
        hint={t("start.setup.passcodeHint")}
        error={slip === "short" ? t("start.setup.passcodeShort") : problem}
        value={passcode}
        onChange={onChange}
        validationBehavior="aria"
        autoComplete="new-password"
      />
      <TextField
        name="passcode_again"
        type="password"
        label={t("start.newPasscode.again")}
        error={slip === "differs" ? t("start.newPasscode.differs") : undefined}
        value={again}
        onChange={onChangeAgain}
        validationBehavior="aria"
        autoComplete="new-password"
      />
    </div>
  );
}
