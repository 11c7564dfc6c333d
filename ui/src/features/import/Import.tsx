import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { Check } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { EmptyState } from "~/kit/components/States.tsx";
import { errorText } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import { useAppState, useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { CheckStep } from "./CheckStep.tsx";
import { ColumnsStep } from "./ColumnsStep.tsx";
import { DoneStep } from "./DoneStep.tsx";
import { FileStep } from "./FileStep.tsx";
import styles from "./Import.module.css";
import { canCheck } from "./mapping.ts";
import { check, chooseFile, commit, isReachable, STEPS, type Step, stepFor, useWizard } from "./wizard.ts";

/** From a file to records, in four steps. Every step can be gone back to, and keeps what was done in it. */
export function Import() {
  const { t } = useTranslation();
  const may = useMay();
  const { policy } = useAppState();
  const navigate = useNavigate();
  const search = useSearch({ from: "/import" });
  const wizard = useWizard();
  const announce = useAnnounce();
  const router = useRouter();
  const asked: Step = search.step ?? "file";
  const step = stepFor(wizard, asked);
  const go = (next: Step, replace = false) =>
    void navigate({ to: "/import", search: next === "file" ? {} : { step: next }, replace });

  // The address of a step whose file is gone, for example after a restart.
  useEffect(() => {
    if (step !== asked) void navigate({ to: "/import", search: step === "file" ? {} : { step }, replace: true });
  }, [step, asked, navigate]);

  // Work goes on while one looks at something else; it does not call one back.
  const isHere = () => router.state.location.pathname === "/import";
  const choose = async () => {
    if ((await chooseFile()) && isHere()) go("columns");
  };
  const goCheck = async () => {
    if ((await check()) && isHere()) go("check");
  };
  const goImport = async () => {
    const done = await commit();
    if (!done) return;
    announce(done.operation, t("import.commit.announce", { file: done.file }));
    if (isHere()) go("done", true);
  };

  const busy = wizard.work !== null;
  const next = {
    file: undefined,
    columns: canCheck(wizard.kind, wizard.mapping) ? () => void goCheck() : undefined,
    check: wizard.checked && wizard.checked.counts.created + wizard.checked.counts.updated > 0 ? goImport : undefined,
    done: undefined,
  }[step];
  const back = { file: undefined, columns: () => go("file"), check: () => go("columns"), done: undefined }[step];
  useHotkeys(t("import.keys.group"), [
    {
      keys: "o",
      label: t("import.keys.choose"),
      run: () => void choose(),
      enabled: (step === "file" || step === "done") && !busy,
    },
    {
      keys: "Ctrl+Enter",
      label: t("import.keys.next"),
      run: () => void next?.(),
      enabled: next !== undefined && !busy,
    },
    { keys: "Escape", label: t("import.keys.back"), run: back, enabled: back !== undefined && !busy },
  ]);

  if (!may("import_contacts"))
    return <EmptyState>{errorText({ code: "denied", permission: "import_contacts" })}</EmptyState>;
  if (policy?.imports_off) return <EmptyState>{t("import.off")}</EmptyState>;
  return (
    // Caught on the way down: buttons would take Enter for themselves.
    <div
      className={frame.fill}
      onKeyDownCapture={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !next || busy) return;
        event.preventDefault();
        event.stopPropagation();
        void next();
      }}
    >
      <Steps step={step} onStep={go} />
      {step === "file" && (
        <FileStep onChoose={() => void choose()} onGoOn={() => go(wizard.done ? "done" : "columns")} />
      )}
      {step === "columns" && wizard.opened && (
        <ColumnsStep opened={wizard.opened} onBack={() => go("file")} onNext={() => void goCheck()} />
      )}
      {step === "check" && wizard.opened && wizard.checked && (
        <CheckStep
          opened={wizard.opened}
          counts={wizard.checked.counts}
          outcome={search.outcome ?? null}
          onOutcome={(outcome) =>
            void navigate({
              to: "/import",
              search: { step: "check", ...(outcome ? { outcome } : {}) },
              replace: true,
            })
          }
          onBack={() => go("columns")}
          onNext={() => void goImport()}
        />
      )}
      {step === "done" && wizard.done && <DoneStep done={wizard.done} onAnother={() => go("file")} />}
    </div>
  );
}

function Steps({ step, onStep }: { step: Step; onStep: (step: Step) => void }) {
  const { t } = useTranslation();
  const wizard = useWizard();
  const at = STEPS.indexOf(step);
  return (
    <nav className={styles.steps} aria-label={t("import.steps.label")}>
      <ol>
        {STEPS.map((each, n) => {
          const isOpen = isReachable(wizard, each) && n < at && !wizard.work && step !== "done";
          const content = (
            <>
              <span className={styles.stepMark}>
                {n < at ? <Check size={12} strokeWidth={3} aria-hidden /> : n + 1}
              </span>
              {t(`import.steps.${each}`)}
            </>
          );
          return (
            <li key={each} className={styles.stepItem} data-state={n < at ? "past" : n === at ? "now" : "ahead"}>
              {isOpen ? (
                <button type="button" className={styles.step} onClick={() => onStep(each)}>
                  {content}
                </button>
              ) : (
                <span className={styles.step} aria-current={n === at ? "step" : undefined}>
                  {content}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
