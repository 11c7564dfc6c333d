import { type LucideIcon, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { ProgressBar } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Progress as ProgressValue } from "~/ipc";
import { commandError } from "~/ipc/error.ts";
import { count, errorText } from "../i18n/words.ts";
import row from "../layout/Row.module.css";
import { Button } from "./Button.tsx";
import styles from "./States.module.css";

/** Nothing here: one sentence, one act. */
export function EmptyState({
  icon: Icon,
  children,
  action,
}: {
  icon?: LucideIcon;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      {Icon && <Icon size={28} strokeWidth={1.25} aria-hidden />}
      <p>{children}</p>
      {action}
    </div>
  );
}

/** What went wrong and what next, in the place of what could not be shown. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const said = commandError(error);
  // What the role doesn’t include is refused the next time, too.
  const canRetry = onRetry !== undefined && said.code !== "denied";
  return (
    <div className={styles.empty} role="alert">
      <TriangleAlert size={28} strokeWidth={1.25} aria-hidden />
      <p>{errorText(said)}</p>
      {canRetry && <Button onPress={onRetry}>{t("common.tryAgain")}</Button>}
    </div>
  );
}

/** One line about what went wrong, inside a form or dialog. */
export function ErrorLine({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <p className={`${row.banner} ${styles.errorLine}`} role="alert">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
      <span>{errorText(commandError(error))}</span>
    </p>
  );
}

/** True once `ms` have passed: what is quick never flickers. */
export function useDelayed(ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

/** Grey lines in the shape of what is coming, after 150 ms. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const { t } = useTranslation();
  const shown = useDelayed(150);
  return (
    <div className={styles.skeleton} role="status" aria-busy aria-label={t("common.loading")}>
      {shown &&
        Array.from({ length: lines }, (_, n) => (
          <span key={`line ${n + 1}`} className={styles.line} data-short={n % 3 === 2 || undefined} />
        ))}
    </div>
  );
}

/** How far a long piece of work is, in numbers, with a way out where there is one. */
export function Progress({
  label,
  progress,
  onCancel,
}: {
  label: string;
  progress: ProgressValue;
  onCancel?: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.progress}>
      <ProgressBar
        className={styles.bar ?? ""}
        aria-label={label}
        value={progress.done}
        maxValue={Math.max(progress.total, 1)}
        valueLabel={t("common.progress", { done: progress.done, total: progress.total })}
      >
        {({ percentage }) => (
          <>
            <div className={styles.progressWords}>
              <span>{label}</span>
              <span>
                {count(progress.done)} / {count(progress.total)}
              </span>
            </div>
            <div className={styles.track}>
              <div className={styles.fill} style={{ width: `${percentage ?? 0}%` }} />
            </div>
          </>
        )}
      </ProgressBar>
      {onCancel && (
        <Button variant="quiet" size="small" onPress={onCancel}>
          {t("common.cancel")}
        </Button>
      )}
    </div>
  );
}
