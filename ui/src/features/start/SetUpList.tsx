import { Link } from "@tanstack/react-router";
import { Circle, CircleCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HomeSetup } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { useMay } from "~/session/session.ts";
import { BringIn } from "./EmptyDesk.tsx";
import styles from "./SetUpList.module.css";

const HIDDEN = "liaison.set-up";

const STEPS = [
  { id: "people", to: null, done: ({ people }: HomeSetup) => people > 0, number: ({ people }: HomeSetup) => people },
  {
    id: "colleagues",
    to: "/settings/staff",
    done: ({ colleagues }: HomeSetup) => colleagues > 0,
    number: ({ colleagues }: HomeSetup) => colleagues,
  },
  { id: "look", to: "/settings/look", done: ({ look }: HomeSetup) => look, number: () => 0 },
  { id: "portal", to: "/settings/look", done: ({ portal }: HomeSetup) => portal !== "", number: () => 0 },
  { id: "mail", to: "/settings/mail", done: ({ mail }: HomeSetup) => mail, number: () => 0 },
  {
    id: "questions",
    to: "/settings/onboarding",
    done: ({ questions }: HomeSetup) => questions > 0,
    number: ({ questions }: HomeSetup) => questions,
  },
] as const;

/** Whether the list is shown: until all is done, or somebody hides it on this computer. */
export function useSetUpList(setup: HomeSetup | undefined) {
  const [hidden, setHidden] = useState(() => localStorage.getItem(HIDDEN) === "hidden");
  return {
    isShown: setup !== undefined && !hidden && STEPS.some((step) => !step.done(setup)),
    hide: () => {
      localStorage.setItem(HIDDEN, "hidden");
      setHidden(true);
    },
  };
}

/** What makes Liaison ready for work, each with how it stands and the way there. */
export function SetUpList({ setup, onHide }: { setup: HomeSetup; onHide: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const done = STEPS.filter((step) => step.done(setup)).length;
  return (
    <section className={styles.list} aria-labelledby="home-set-up">
      <header className={styles.head}>
        <h3 id="home-set-up" className={styles.title}>
          {t("start.setUpList.title")}
        </h3>
        <span className={styles.progress}>{t("start.setUpList.progress", { done, total: STEPS.length })}</span>
        <Button variant="quiet" size="small" onPress={onHide}>
          {t("start.setUpList.hide")}
        </Button>
      </header>
      <ul className={styles.steps}>
        {STEPS.map((step) => {
          const isDone = step.done(setup);
          const Icon = isDone ? CircleCheck : Circle;
          const name = t(`start.setUpList.${step.id}.title`);
          return (
            <li key={step.id} className={styles.step} data-done={isDone || undefined}>
              <Icon size={16} strokeWidth={1.75} aria-hidden />
              <span className={styles.words}>
                {step.to === null ? <span className={styles.name}>{name}</span> : <Link to={step.to}>{name}</Link>}
                <span className={styles.note}>
                  {isDone
                    ? t(`start.setUpList.${step.id}.done`, { count: step.number(setup), portal: setup.portal })
                    : t(`start.setUpList.${step.id}.open`)}
                </span>
              </span>
              {step.id === "people" && !isDone && may("import_contacts") && (
                <span className={styles.acts}>
                  <BringIn size="small" />
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
