import { useTranslation } from "react-i18next";
import type { MailSecurity, MailSettings, MailSettingsInfo } from "~/ipc";
import { Select } from "~/kit/components/Select.tsx";
import { TextArea, TextField } from "~/kit/components/TextField.tsx";
import type { Problems } from "~/kit/components/useSubmit.ts";
import stack from "~/kit/layout/Stack.module.css";
import textStyle from "~/kit/layout/Text.module.css";
import styles from "./Mail.module.css";

const PORTS: Record<MailSecurity, number> = { tls: 465, start_tls: 587, none: 25 };
const SECURITIES = ["tls", "start_tls", "none"] as const;

/** What the form of the mail settings holds. The password is never read back: empty, it stays as it is. */
export type MailForm = MailSettings & { way: "server" | "hand_over"; password: string };

type Props = {
  form: MailForm;
  info: MailSettingsInfo;
  problem: Problems;
  change: (part: Partial<MailForm>) => void;
};

/** The server mail goes through, who it is from, and what is rarely needed. */
export function ServerFields({ form, info, problem, change }: Props) {
  const { t } = useTranslation();
  const text = (key: "host" | "user" | "from_name" | "from_address" | "reply_to") => ({
    value: form[key],
    onChange: (value: string) => change({ [key]: value }),
    error: problem(key),
    validationBehavior: "aria" as const,
    autoComplete: "off",
  });
  return (
    <>
      <fieldset className={`${stack.shrinkBy16} ${styles.group}`}>
        <legend className={`${textStyle.legend} ${styles.legend}`}>{t("mail.settings.serverTitle")}</legend>
        <div className={`${stack.pairs} ${styles.fields}`} data-columns="server">
          <TextField label={t("mail.settings.host")} hint={t("mail.settings.hostHint")} {...text("host")} />
          <Select
            label={t("mail.settings.security")}
            choices={SECURITIES.map((id) => ({
              id,
              label: t(`mail.settings.securityChoice.${id}`),
              note: t(`mail.settings.securityNote.${id}`),
            }))}
            value={form.security}
            onChange={(id) => {
              const security = id as MailSecurity;
              // A port of one's own stays; the usual one goes with the security.
              const usual = form.port === PORTS[form.security] || form.port === 0;
              change({ security, ...(usual ? { port: PORTS[security] } : {}) });
            }}
          />
          <TextField
            label={t("mail.settings.port")}
            inputMode="numeric"
            value={form.port === 0 ? "" : String(form.port)}
            onChange={(value) => change({ port: Math.min(Number(value.replace(/\D/g, "")), 65_535) })}
            error={problem("port")}
            validationBehavior="aria"
          />
        </div>
        <div className={`${stack.pairs} ${styles.fields}`}>
          <TextField label={t("mail.settings.user")} hint={t("mail.settings.userHint")} {...text("user")} />
          <TextField
            label={t("mail.settings.password")}
            hint={
              info.has_password
                ? t(info.in_keychain ? "mail.settings.passwordKeychain" : "mail.settings.passwordKept")
                : t("mail.settings.passwordNew")
            }
            type="password"
            autoComplete="new-password"
            value={form.password}
            onChange={(password) => change({ password })}
            isDisabled={form.user.trim() === ""}
            error={problem("password")}
            validationBehavior="aria"
          />
        </div>
      </fieldset>
      <fieldset className={`${stack.shrinkBy16} ${styles.group}`}>
        <legend className={`${textStyle.legend} ${styles.legend}`}>{t("mail.settings.fromTitle")}</legend>
        <div className={`${stack.pairs} ${styles.fields}`}>
          <TextField label={t("mail.settings.fromName")} {...text("from_name")} />
          <TextField label={t("mail.settings.fromAddress")} {...text("from_address")} />
          <TextField label={t("mail.settings.replyTo")} hint={t("mail.settings.replyToHint")} {...text("reply_to")} />
        </div>
      </fieldset>
      <details className={styles.rare} open={form.authority !== "" || undefined}>
        <summary>{t("mail.settings.authority")}</summary>
        <TextArea
          label={t("mail.settings.authority")}
          hideLabel
          hint={t("mail.settings.authorityHint")}
          value={form.authority}
          onChange={(authority) => change({ authority })}
          rows={4}
        />
      </details>
    </>
  );
}
