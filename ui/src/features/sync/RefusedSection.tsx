import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type Done, type Id, type RefusedStep } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { dateTime } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import sections from "~/kit/layout/Sections.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { emphasised } from "../history/emphasis.tsx";
import { operationSentence, whenAndWhere } from "../history/sentence.ts";
import { refusedQuery } from "./queries.ts";
import styles from "./Sync.module.css";
import { reasonText } from "./words.ts";

/** What the hub refused: what it was, why, and ways on. */
export function RefusedSection() {
  const { t } = useTranslation();
  const id = useId();
  const may = useMay();
  const refused = useQuery(refusedQuery);
  const close = async (operation: Id) => {
    try {
      await call(commands.syncRefusedClose(operation));
      toast(t("sync.refused.closed"));
    } catch (error) {
      toastError(error);
    }
  };
  const announce = useAnnounce();
  const [running, setRunning] = useState(false);
  // What was done first goes first: what came later may build on it.
  const again = async (steps: RefusedStep[]) => {
    setRunning(true);
    const done: Done[] = [];
    try {
      for (const { step } of steps.toReversed()) done.push(await call(commands.syncRefusedRetry(step.id)));
    } catch (error) {
      return toastError(error);
    } finally {
      setRunning(false);
    }
    const written = done.filter(({ changed }) => changed > 0);
    const [only] = written;
    if (!only) return toast(t("sync.refused.already"));
    if (steps.length === 1) return announce(only.operation, t("sync.refused.retried"));
    toast(t("sync.refused.retriedAll", { count: written.length }));
  };
  const repeatable = refused.data?.filter(({ retry }) => retry) ?? [];
  return (
    <section className={sections.section} aria-labelledby={id}>
      <h2 id={id} className={sections.title}>
        {t("sync.refused.title")}
      </h2>
      <div className={sections.body}>
        {refused.error ? <ErrorState error={refused.error} onRetry={() => void refused.refetch()} /> : null}
        {refused.isPending && <Skeleton />}
        {refused.data?.length === 0 && <p>{t("sync.refused.none")}</p>}
        {refused.data && refused.data.length > 0 && (
          <>
            <p>{t("sync.refused.about")}</p>
            <ul className={`${stack.by12} ${styles.list}`}>
              {refused.data.map((one) => (
                <li key={one.step.id} className={stack.by4}>
                  <p>{emphasised(operationSentence(t, one.step))}</p>
                  <p>{reasonText(one.reason, one.step.actor, one.permission)}</p>
                  {!one.retry && <p>{t("sync.refused.anew")}</p>}
                  <p className={sections.note}>{whenAndWhere(t, dateTime(one.step.at), one.step.device)}</p>
                  <div className={row.wrapCenter}>
                    {one.retry && (
                      <Button size="small" isDisabled={running} onPress={() => void again([one])}>
                        {t("sync.refused.retry")}
                      </Button>
                    )}
                    <Link to="/history" search={{ step: one.step.id }}>
                      {t("sync.refused.open")}
                    </Link>
                    {may("manage_settings") && (
                      <Button size="small" variant="quiet" onPress={() => void close(one.step.id)}>
                        {t("sync.refused.close")}
                      </Button>
                    )}
                  </div>
                </li>
              ))}
            </ul>
            {repeatable.length > 1 && (
              <Button isDisabled={running} onPress={() => void again(repeatable)}>
                {t("sync.refused.retryAll")}
              </Button>
            )}
          </>
        )}
      </div>
    </section>
  );
}
