import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type MailSecurity, type MailSettings, type MailSettingsInfo } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { RadioList } from "~/kit/components/RadioList.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { ErrorLine, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { TextArea, TextField } from "~/kit/components/TextField.tsx";
import { toast } from "~/kit/components/Toast.tsx";
import { useLeaving } from "~/kit/components/useLeaving.tsx";
import { problemsOf } from "~/kit/components/useSubmit.ts";
import frame from "~/kit/layout/Frame.module.css";
import stack from "~/kit/layout/Stack.module.css";
import textStyle from "~/kit/layout/Text.module.css";
import { useMay } from "~/session/session.ts";
import styles from "./Mail.module.css";
import { MailTabs } from "./MailTabs.tsx";
import { mailSettingsQuery, useMailStatus } from "./queries.ts";
import { TestMessage } from "./TestMessage.tsx";

const PORTS: Record<MailSecurity, number> = { tls: 465, start_tls: 587, none: 25 };
const SECURITIES = ["tls", "start_tls", "none"] as const;

const BLANK: MailSettings = {
  host: "",
  port: 465,
  security: "tls",
  user: "",
  from_name: "",
  from_address: "",
  reply_to: "",
  authority: "",
};

/** Site Management › Mail › Settings: how this computer sends mail. */
export function MailSettingsPage() {
  const { t } = useTranslation();
  const may = useMay()("manage_settings");
  const info = useQuery({ ...mailSettingsQuery, enabled: may });
  if (!may) return <Navigate to="/settings/mail/outbox" search={{}} replace />;
  return (
    <div className={frame.fill}>
      <MailTabs />
      {info.error ? (
        <ErrorState error={info.error} onRetry={() => void info.refetch()} />
      ) : info.data ? (
        <Scrollable label={t("mail.settings.title")} className={frame.scroll}>
          {/* The form begins anew with what was saved. */}
          <SettingsForm key={JSON.stringify(info.data)} info={info.data} />
        </Scrollable>
      ) : (
        <div className={styles.column}>
          <Skeleton lines={8} />
        </div>
      )}
    </div>
  );
}

type Form = MailSettings & { way: "server" | "hand_over"; password: string };

function SettingsForm({ info }: { info: MailSettingsInfo }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const status = useMailStatus();
  const before: Form = {
    ...(info.settings ?? BLANK),
    way: info.settings ? "server" : "hand_over",
    password: "",
  };
  const [form, setForm] = useState<Form>(before);
  const [failed, setFailed] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const [saves, setSaves] = useState(0);
  const problem = problemsOf(failed);
  const change = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }));
  const isDirty = JSON.stringify(form) !== JSON.stringify(before);
  const leaving = useLeaving(isDirty);

  const save = async () => {
    setSaving(true);
    setFailed(null);
    try {
      if (form.way === "hand_over") {
        await call(commands.mailSettingsClear());
        const waiting = status?.waiting ?? 0;
        toast(
          waiting > 0
            ? `${t("mail.settings.cleared")} ${t("mail.settings.clearedNote", { count: waiting })}`
            : t("mail.settings.cleared"),
        );
      } else {
        const { way: _way, password, ...settings } = form;
        const saved = await call(commands.mailSettingsSet(settings, password === "" ? null : password));
        client.setQueryData(mailSettingsQuery.queryKey, saved);
        toast(t("mail.settings.saved"));
        // What is kept is never shown; a password alone changes nothing that is.
        change({ password: "" });
      }
      setSaves((times) => times + 1);
    } catch (thrown) {
      setFailed(thrown);
    } finally {
      setSaving(false);
    }
  };

  const text = (key: "host" | "user" | "from_name" | "from_address" | "reply_to") => ({
    value: form[key],
    onChange: (value: string) => change({ [key]: value }),
    error: problem(key),
    validationBehavior: "aria" as const,
    autoComplete: "off",
  });
  return (
    <div className={styles.column}>
      <header>
        <h2 className={styles.title}>{t("mail.settings.title")}</h2>
        <p className={textStyle.lead}>{t("mail.settings.lead")}</p>
      </header>
      <form
        className={`${stack.shrinkBy16} ${styles.form}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <RadioList
          label={t("mail.settings.way")}
          value={form.way}
          onChange={(way) => change({ way })}
          choices={[
            { id: "server", label: t("mail.settings.server"), note: t("mail.settings.serverNote") },
            { id: "hand_over", label: t("mail.settings.handOver"), note: t("mail.settings.handOverNote") },
          ]}
        />
        {form.way === "server" && (
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
                <TextField
                  label={t("mail.settings.replyTo")}
                  hint={t("mail.settings.replyToHint")}
                  {...text("reply_to")}
                />
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
        )}
        {failed !== null && commandError(failed).code !== "validation" && <ErrorLine error={failed} />}
        <div className={styles.acts}>
          <Button variant="primary" type="submit" isDisabled={saving || !isDirty}>
            {t("common.save")}
          </Button>
          <span className={styles.note}>{t("mail.settings.notHere")}</span>
        </div>
      </form>
      {form.way === "server" && <TestMessage key={saves} canSend={info.settings !== null && !isDirty} />}
      {leaving}
    </div>
  );
}
