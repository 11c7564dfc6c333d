import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LIMITS } from "~/ipc";
import { TextField } from "~/kit/components/TextField.tsx";

/** A new passcode, typed twice: a typing slip would lock the person out. */
export function useNewPasscode() {
  const [passcode, setPasscode] = useState("");
  const [again, setAgain] = useState("");
  const [differs, setDiffers] = useState(false);
  return {
    passcode,
    again,
    differs,
    set: (next: { passcode?: string; again?: string }) => {
      if (next.passcode !== undefined) setPasscode(next.passcode);
      if (next.again !== undefined) setAgain(next.again);
      setDiffers(false);
    },
    /** Whether both are the same; says so at the second where not. */
    isConfirmed: () => {
      setDiffers(passcode !== again);
      return passcode === again;
    },
  };
}

type Props = {
  typed: ReturnType<typeof useNewPasscode>;
  /** What was refused. */
  error: string | undefined;
  /** Something is typed anew. */
  onChange: () => void;
  autoFocus?: boolean;
};

/** The two fields of a new passcode. */
export function NewPasscodeFields({ typed, error, onChange, autoFocus = false }: Props) {
  const { t } = useTranslation();
  const change = (next: { passcode?: string; again?: string }) => {
    typed.set(next);
    onChange();
  };
  return (
    <>
      <TextField
        label={t("start.newPasscode.label")}
        hint={t("start.newPasscode.hint", { least: LIMITS.passcode_least })}
        error={error}
        type="password"
        autoComplete="new-password"
        value={typed.passcode}
        onChange={(passcode) => change({ passcode })}
        validationBehavior="aria"
        autoFocus={autoFocus}
      />
      <TextField
        label={t("start.newPasscode.again")}
        error={typed.differs ? t("start.newPasscode.differs") : undefined}
        type="password"
        autoComplete="new-password"
        value={typed.again}
        onChange={(again) => change({ again })}
        validationBehavior="aria"
      />
    </>
  );
}
