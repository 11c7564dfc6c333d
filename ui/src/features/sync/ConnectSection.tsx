import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { toast } from "~/kit/components/Toast.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import row from "~/kit/layout/Row.module.css";
import sections from "~/kit/layout/Sections.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { syncStatusQuery } from "./queries.ts";
import styles from "./Sync.module.css";

/** Connects this computer, with what it has, to the institution’s hub. */
export function ConnectSection() {
  const { t } = useTranslation();
  const id = useId();
  const client = useQueryClient();
  const [address, setAddress] = useState("");
  const [code, setCode] = useState("");
  const [isMissing, setMissing] = useState(false);
  const connecting = useSubmit(async () => {
    const status = await call(commands.syncConnect(address.trim(), code.trim()));
    client.setQueryData(syncStatusQuery.queryKey, status);
    toast(t("sync.connect.done"));
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = address.trim() === "" || code.trim() === "";
    setMissing(missing);
    if (!missing) void connecting.submit();
  };
  return (
    <section className={sections.section} aria-labelledby={id}>
      <h2 id={id} className={sections.title}>
        {t("sync.connect.title")}
      </h2>
      <form className={sections.body} onSubmit={submit} noValidate>
        <p>{t("sync.connect.about")}</p>
        <p>{t("sync.connect.everything")}</p>
        <div className={`${stack.by12} ${styles.fields}`}>
          <TextField
            label={t("sync.connect.address")}
            hint={t("sync.connect.addressHint")}
            error={isMissing && address.trim() === "" ? t("sync.connect.addressMissing") : undefined}
            value={address}
            onChange={setAddress}
            validationBehavior="aria"
            autoComplete="url"
          />
          <TextField
            label={t("sync.connect.code")}
            error={isMissing && code.trim() === "" ? t("sync.connect.codeMissing") : undefined}
            value={code}
            onChange={setCode}
            validationBehavior="aria"
            autoComplete="off"
          />
        </div>
        <ErrorLine error={connecting.failed} />
        <div className={row.wrapCenter}>
          <Button variant="primary" type="submit" isDisabled={connecting.isPending}>
            {t("sync.connect.act")}
          </Button>
          <span className={sections.note} role="status">
            {connecting.isPending && t("sync.connect.acting")}
          </span>
        </div>
      </form>
    </section>
  );
}
