import { Link } from "@tanstack/react-router";
import { RotateCcw, SkipForward, UserRoundPen, UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DryRun, ImportAnswer, ImportOutcome, ImportQuestion, ImportRow } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ApprovalChip } from "~/kit/components/Chips.tsx";
import stack from "~/kit/layout/Stack.module.css";
import { FieldChanges } from "~/records/fields/FieldChanges.tsx";
import { Reasons } from "../duplicates/Reasons.tsx";
import { percent } from "../duplicates/reasons.ts";
import styles from "./Question.module.css";
import { answer, useWizard } from "./wizard.ts";
import { countedBy } from "./words.ts";

const ANSWERS: ImportAnswer[] = ["update", "add", "skip"];
const ICONS = { update: UserRoundPen, add: UserRoundPlus, skip: SkipForward };

/** The kinds of questions there are about rows. */
export type Asked = Extract<ImportOutcome, "name_conflict" | "possible_duplicate">;
export const ASKED: Asked[] = ["name_conflict", "possible_duplicate"];

const asked = ({ about }: ImportQuestion): Asked => (about === "name_conflict" ? about : "possible_duplicate");

/** The answers that make sense: another row of the file isn't there to be updated yet. */
function answersOf(question: ImportQuestion): ImportAnswer[] {
  const canUpdate = question.contact !== null && question.contact.person.approval !== "rejected";
  return ANSWERS.filter((each) => each !== "update" || canUpdate);
}

function useAnswer() {
  const [isBusy, setBusy] = useState(false);
  const give = async (about: Asked, index: number | null, given: ImportAnswer | null) => {
    setBusy(true);
    await answer(about, index, given);
    setBusy(false);
  };
  return { isBusy, give };
}

/** The answers to the question about a row, where it stands in the list. */
export function AnswerButtons({ row }: { row: ImportRow }) {
  const { t } = useTranslation();
  const { isBusy, give } = useAnswer();
  const { question } = row;
  if (!question) return null;
  const name = question.contact?.person.name ?? row.name;
  return (
    // A click on a button is not a click on the row.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    <span className={styles.inline} onClick={(event) => event.stopPropagation()}>
      {answersOf(question).map((each) => (
        <Button
          key={each}
          size="small"
          isDisabled={isBusy}
          aria-label={t(`import.question.label.${each}`, { name, line: row.row })}
          onPress={() => void give(asked(question), row.index, each)}
        >
          {t(`import.question.${each}`)}
        </Button>
      ))}
    </span>
  );
}

/** The question about a row in full: who is meant, what speaks for it, what an update would change. */
export function QuestionPane({ row, question }: { row: ImportRow; question: ImportQuestion }) {
  const { t } = useTranslation();
  const { isBusy, give } = useAnswer();
  const { contact, line, update } = question;
  const about = asked(question);
  const note =
    line !== null
      ? t("import.question.note.name_conflict_in_file", { line })
      : t(`import.question.note.${about}`, { name: contact?.person.name ?? "" });
  const words = (each: ImportAnswer) => {
    if (each === "update") return t("import.question.updateOne", { name: contact?.person.name ?? "" });
    if (each === "skip") return t("import.question.skipOne");
    return t(about === "name_conflict" ? "import.question.addShared" : "import.question.addAnyway", { name: row.name });
  };
  return (
    <section className={stack.by8}>
      <h3 className={styles.title}>{t(`import.question.title.${about}`)}</h3>
      <p className={styles.note}>{note}</p>
      {contact && (
        <div className={styles.contact}>
          <p className={styles.who}>
            <Link to="/contacts/$id" params={{ id: contact.person.id }} search={{}}>
              {contact.person.name}
            </Link>
            <ApprovalChip approval={contact.person.approval} />
            {(contact.score ?? 0) > 0 && (
              <span className={styles.sure}>{t("duplicates.score", { percent: percent(contact.score) })}</span>
            )}
          </p>
          <p className={styles.note}>
            {[contact.person.email, contact.person.title, contact.person.employer].filter(Boolean).join(" · ")}
          </p>
          {contact.reasons.length > 0 && <Reasons reasons={contact.reasons} />}
        </div>
      )}
      {contact && (
        <div>
          <h4 className={styles.small}>
            {t(update.length > 0 ? "import.question.whatChanges" : "import.question.nothing")}
          </h4>
          {update.length > 0 && <FieldChanges kind="contact" changes={update} created={false} />}
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset can’t be laid out in rows everywhere. */}
      <div className={styles.answers} role="group" aria-label={t("import.question.choices")}>
        {answersOf(question).map((each) => (
          <Button
            key={each}
            icon={ICONS[each]}
            isDisabled={isBusy}
            aria-pressed={question.answer === each}
            variant={question.answer === each ? "primary" : "secondary"}
            onPress={() => void give(about, row.index, each)}
          >
            {words(each)}
          </Button>
        ))}
      </div>
    </section>
  );
}

/** One answer to all questions of a kind. */
export function AnswerAll({ about, counts }: { about: Asked; counts: DryRun }) {
  const { t } = useTranslation();
  const { isBusy, give } = useAnswer();
  const number = countedBy(counts, about);
  if (number === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above.
    <div className={styles.inline} role="group" aria-label={t("import.question.forAll")}>
      {ANSWERS.map((each) => (
        <Button key={each} icon={ICONS[each]} isDisabled={isBusy} onPress={() => void give(about, null, each)}>
          {t(`import.question.all.${each}`, { count: number })}
        </Button>
      ))}
    </div>
  );
}

/** What was answered to all questions of a kind, and the way back. */
export function AnsweredAll() {
  const { t } = useTranslation();
  const { answeredAll } = useWizard();
  const { isBusy, give } = useAnswer();
  const given = ASKED.flatMap((about) => {
    const all = answeredAll[about];
    return all === undefined ? [] : [{ about, all }];
  });
  return given.map(({ about, all }) => (
    <p key={about} className={styles.given}>
      {t(`import.question.answered.${about}.${all}`)}{" "}
      <Button
        size="small"
        variant="quiet"
        icon={RotateCcw}
        isDisabled={isBusy}
        onPress={() => void give(about, null, null)}
      >
        {t(`import.question.again.${about}`)}
      </Button>
    </p>
  ));
}
