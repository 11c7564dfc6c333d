import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type MailSettings, type MailSettingsInfo } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { RadioList } from "~/kit/components/RadioList.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { ErrorLine, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { toast } from "~/kit/components/Toast.tsx";
import { useLeaving } from "~/kit/components/useLeaving.tsx";
import { unplaced, useSubmit } from "~/kit/components/useSubmit.ts";
import frame from "~/kit/layout/Frame.module.css";
import stack from "~/kit/layout/Stack.module.css";
import textStyle from "~/kit/layout/Text.module.css";
import { useAppState, useMay } from "~/session/session.ts";
import styles from "./Mail.module.css";
import { MailTabs } from "./MailTabs.tsx";
import { mailSettingsQuery, useMailStatus } from "./queries.ts";
import { type MailForm, ServerFields } from "./ServerFields.tsx";
import { TestMessage } from "./TestMessage.tsx";

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

function SettingsForm({ info }: { info: MailSettingsInfo }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const status = useMailStatus();
  const { actor, institution } = useAppState();
  // Who sets mail up sends first: with the institution’s name, and answers to their own address.
  const blank = { ...BLANK, from_name: institution ?? "", from_address: actor?.email ?? "" };
  const before: MailForm = {
    ...(info.settings ?? blank),
    way: info.settings ? "server" : "hand_over",
    password: "",
  };
  const [form, setForm] = useState<MailForm>(before);
  const [saves, setSaves] = useState(0);
  const change = (part: Partial<MailForm>) => setForm((now) => ({ ...now, ...part }));
  const isDirty = JSON.stringify(form) !== JSON.stringify(before);
  const leaving = useLeaving(isDirty);

  const submission = useSubmit(async () => {
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
  });

  return (
    <div className={styles.column}>
      <p className={textStyle.lead}>{t("mail.settings.lead")}</p>
      <form
        className={`${stack.shrinkBy16} ${styles.form}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submission.submit();
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
        {form.way === "server" && <ServerFields form={form} info={info} problem={submission.problem} change={change} />}
        <ErrorLine error={unplaced(submission.failed)} />
        <div className={styles.acts}>
          <Button variant="primary" type="submit" isDisabled={submission.isPending || !isDirty}>
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
