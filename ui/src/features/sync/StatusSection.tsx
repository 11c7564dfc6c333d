import { useId } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type SyncStatus } from "~/ipc";
import { LiaisonError } from "~/ipc/error.ts";
import { Button } from "~/kit/components/Button.tsx";
import { CopyButton } from "~/kit/components/CopyButton.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import { toast } from "~/kit/components/Toast.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { When } from "~/kit/components/When.tsx";
import { count, dateTime, errorText } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import sections from "~/kit/layout/Sections.module.css";
import { useMay } from "~/session/session.ts";

/** Since when in step, what waits, when it is tried again. */
export function StatusSection({ status }: { status: SyncStatus }) {
  const { t } = useTranslation();
  const id = useId();
  const may = useMay();
  const { hub, waiting, progress, institution } = status;
  const exchange = useSubmit(async () => {
    const { sent, received, refused } = await call(commands.syncNow());
    const words =
      sent + received === 0
        ? t("sync.status.nothing")
        : t("sync.status.done", { sent: count(sent), received: count(received) });
    toast(refused > 0 ? `${words} ${t("sync.status.refusedNow", { count: refused })}` : words);
  });
  return (
    <section className={sections.section} aria-labelledby={id}>
      <h2 id={id} className={sections.title}>
        {t("sync.status.title")}
      </h2>
      <div className={sections.body}>
        {hub === null ? (
          <p>
            {t("sync.status.alone")} {!may("manage_settings") && t("sync.status.aloneAsk")}
          </p>
        ) : (
          <>
            <p>
              {t("sync.status.hub")}: <strong>{hub}</strong>
            </p>
            <div role="status">
              <State progress={progress} />
              <p>{waiting > 0 ? t("sync.status.waiting", { count: waiting }) : t("sync.status.noneWaiting")}</p>
            </div>
            <div className={row.wrapCenter}>
              <Button onPress={() => void exchange.submit()} isDisabled={exchange.isPending}>
                {t("sync.status.now")}
              </Button>
              {exchange.isPending && (
                <span className={sections.note} role="status">
                  {t("sync.status.syncing")}
                </span>
              )}
            </div>
            <ErrorLine error={exchange.failed} />
          </>
        )}
        {institution !== null && may("manage_settings") && (
          <>
            <div className={row.wrapCenter}>
              <span className={sections.note}>{t("sync.status.institution")}</span>
              <code>{institution}</code>
              <CopyButton text={institution} what={t("sync.status.institutionName")} />
            </div>
            <p className={sections.note}>{t("sync.status.institutionAbout")}</p>
          </>
        )}
      </div>
    </section>
  );
}

function State({ progress }: Pick<SyncStatus, "progress">) {
  const { t } = useTranslation();
  if (progress === null) return <p>{t("sync.status.notRunning")}</p>;
  const { trouble, again_at: again } = progress;
  // What a person must see to is loud. Being offline is not: it passes.
  if (trouble !== null && again === null) return <ErrorLine error={new LiaisonError(trouble)} />;
  if (trouble !== null && again !== null)
    return (
      <p>
        {errorText(trouble)} {t("sync.status.again", { time: dateTime(again) })}
      </p>
    );
  if (progress.reached_at === null) return <p>{t("sync.status.starting")}</p>;
  return (
    <p>
      {t("sync.status.inStep")} <When at={progress.reached_at} />.
    </p>
  );
}
