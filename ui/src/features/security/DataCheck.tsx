import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, progressChannel, type Report } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { CopyButton } from "~/kit/components/CopyButton.tsx";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { When } from "~/kit/components/When.tsx";
import row from "~/kit/layout/Row.module.css";
import sections from "~/kit/layout/Sections.module.css";
import { useMay } from "~/session/session.ts";
import { AuditFileDialog } from "./AuditFileDialog.tsx";
import { Findings } from "./Findings.tsx";
import styles from "./Security.module.css";

const lastQuery = { queryKey: ["integrity", "last"], queryFn: () => call(commands.lastCheck()) };

/** What a check finds that only a restore, or somebody who accepts it, ends. */
const ACCEPTABLE = new Set(["missing", "rewritten", "head_gone", "head_unreadable"]);

/** Whether what is stored is what was written: when that was checked, what came out, and checking it now. */
export function DataCheck() {
  const { t } = useTranslation();
  const id = useId();
  const may = useMay();
  const client = useQueryClient();
  const last = useQuery(lastQuery);
  const [report, setReport] = useState<Report | null>(null);
  const [isRunning, setRunning] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [isExporting, setExporting] = useState(false);
  const check = async () => {
    setRunning(true);
    try {
      const found = await runTask(
        t("security.check.running"),
        (onProgress) => call(commands.checkAll(progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      setReport(found);
      await client.invalidateQueries({ queryKey: lastQuery.queryKey });
    } catch (error) {
      if (commandError(error).code === "cancelled") toast(t("security.check.cancelled"));
      else toastError(error);
    }
    setRunning(false);
  };
  const accept = async () => {
    setAsking(false);
    try {
      await call(commands.acceptJournal());
      await check();
    } catch (error) {
      toastError(error);
    }
  };
  const isAcceptable = report?.findings.some(({ what }) => ACCEPTABLE.has(what)) && may("manage_settings");
  return (
    <section className={sections.section} aria-labelledby={id}>
      <h2 id={id} className={sections.title}>
        {t("security.check.title")}
      </h2>
      <div className={sections.body}>
        <p>{t("security.check.about")}</p>
        {last.error ? <ErrorLine error={last.error} /> : null}
        {last.data === null && <p>{t("security.check.never")}</p>}
        {last.data && (
          <>
            <p>
              {t("security.check.last")} <When at={last.data.at} />
              {": "}
              {t("security.check.operations", { count: last.data.operations })}{" "}
              {t("security.check.records", { count: last.data.records })}{" "}
              <strong>
                {last.data.findings === 0
                  ? t("security.check.whole")
                  : t("security.check.found", { count: last.data.findings })}
              </strong>
            </p>
            {last.data.head !== "" && (
              <div className={`${row.wrapCenter} ${styles.head}`}>
                <span className={sections.note}>{t("security.check.head")}</span>
                <code>{last.data.head}</code>
                <CopyButton text={last.data.head} what={t("security.check.headName")} />
              </div>
            )}
          </>
        )}
        {report && report.findings.length > 0 && <Findings report={report} />}
        <div className={row.wrap}>
          <Button onPress={() => void check()} isDisabled={isRunning}>
            {t("security.check.now")}
          </Button>
          {may("view_audit_log") && (
            <Button variant="quiet" onPress={() => setExporting(true)}>
              {t("security.auditFile.open")}
            </Button>
          )}
          {isAcceptable && (
            <Button variant="quiet" onPress={() => setAsking(true)}>
              {t("security.check.accept")}
            </Button>
          )}
        </div>
      </div>
      {isExporting && <AuditFileDialog onClose={() => setExporting(false)} />}
      {isAsking && (
        <ConfirmDialog
          title={t("security.check.acceptTitle")}
          sentences={[t("security.check.acceptWill"), t("security.check.acceptKeeps")]}
          act={t("security.check.acceptAct")}
          onClose={() => setAsking(false)}
          onConfirm={() => void accept()}
        />
      )}
    </section>
  );
}
