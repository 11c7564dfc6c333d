import { useTranslation } from "react-i18next";
import { TextField } from "~/kit/components/TextField.tsx";

type Props = {
  hint?: string;
  /** It was sent, and is nobody's who may do this. */
  isWrong: boolean;
  value: string;
  onChange: (value: string) => void;
};

/** One's own passcode, asked for before passcodes and keys are changed; the dialog's first field. */
export function AuthorityField({ hint, isWrong, value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <TextField
      label={t("staff.dialog.authority")}
      hint={hint}
      error={isWrong ? t("staff.dialog.wrong") : undefined}
      type="password"
      autoComplete="current-password"
      value={value}
      onChange={onChange}
      validationBehavior="aria"
      autoFocus
    />
  );
}
