import { useQuery } from "@tanstack/react-query";
import { ListChecks, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type OnboardingQuestion } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { EmptyState, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import frame from "~/kit/layout/Frame.module.css";
import rows from "~/kit/layout/Rows.module.css";
import text from "~/kit/layout/Text.module.css";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Onboarding.module.css";
import { Preview } from "./Preview.tsx";
import { QuestionList } from "./QuestionList.tsx";
import { onboardingQuery } from "./queries.ts";

const QuestionDialog = lazy(() => import("./QuestionDialog.tsx"));

/** Site Management › Onboarding questions: what students and alumni are asked, beside what they see (M36). */
export function OnboardingPage() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const canManage = useMay()("manage_settings");
  const { data, error, refetch } = useQuery(onboardingQuery);
  const [editing, setEditing] = useState<OnboardingQuestion | "new" | null>(null);
  useHotkeys(t("onboarding.title"), [
    { keys: "n", label: t("onboarding.new"), run: () => setEditing("new"), enabled: canManage },
  ]);

  /** Changes something and says so. */
  const act = async (change: ReturnType<typeof commands.onboardingDelete>, words: string) => {
    try {
      announce((await call(change)).operation, words);
    } catch (thrown) {
      toastError(thrown);
    }
  };
  const retire = ({ id, retired }: OnboardingQuestion) =>
    void act(
      commands.onboardingEdit(id, [{ field: "retired", before: retired || null, after: !retired || null }]),
      t(retired ? "onboarding.done.asked" : "onboarding.done.retired"),
    );
  const remove = ({ id }: OnboardingQuestion) => void act(commands.onboardingDelete(id), t("onboarding.done.deleted"));

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const asked = data?.filter(({ retired }) => !retired) ?? [];
  const retired = data?.filter((question) => question.retired) ?? [];
  const shared = { canManage, onEdit: setEditing, onRetire: retire, onDelete: remove };
  const add = canManage && (
    <Button icon={Plus} hotkey="n" onPress={() => setEditing("new")}>
      {t("onboarding.new")}
    </Button>
  );
  return (
    <Scrollable label={t("onboarding.title")} className={frame.scroll}>
      <div className={styles.page}>
        <section aria-label={t("onboarding.title")} className={styles.editor}>
          <header className={rows.header}>
            <p className={text.lead}>{t("onboarding.lead")}</p>
            {asked.length > 0 && add}
          </header>
          {data === undefined && <Skeleton lines={4} />}
          {data !== undefined && asked.length === 0 && (
            <EmptyState icon={ListChecks} action={add}>
              {t("onboarding.none")}
            </EmptyState>
          )}
          {asked.length > 0 && (
            <QuestionList
              {...shared}
              label={t("onboarding.list")}
              questions={asked}
              // Those no longer asked follow in the order they had.
              onReorder={(ids) => void act(commands.onboardingReorder(ids), t("onboarding.done.moved"))}
            />
          )}
          {retired.length > 0 && (
            <div className={rows.group}>
              <h3 className={rows.kind}>{t("onboarding.retired")}</h3>
              <QuestionList {...shared} label={t("onboarding.retiredList")} questions={retired} />
            </div>
          )}
        </section>
        {data !== undefined && <Preview questions={asked} />}
      </div>
      <Suspense>
        {editing !== null && (
          <QuestionDialog question={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
        )}
      </Suspense>
    </Scrollable>
  );
}
