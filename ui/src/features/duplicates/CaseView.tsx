import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DuplicateCase, DuplicatePerson } from "~/ipc";
import { Breakable } from "~/kit/components/Breakable.tsx";
import { ApprovalChip } from "~/kit/components/Chips.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { fieldLabel, relativeTime } from "~/kit/i18n/words.ts";
import styles from "./Duplicates.module.css";
import { Reasons } from "./Reasons.tsx";
import { percent } from "./reasons.ts";

/** One case: its people side by side with what agrees marked, and the evidence in words. */
export function CaseView({ shown }: { shown: DuplicateCase }) {
  const { t } = useTranslation();
  const { people, pairs } = shown;
  const lines: { key: string; label: string; of: (person: DuplicatePerson) => string | null }[] = [
    { key: "email", label: fieldLabel("contact", "email"), of: (person) => person.email || null },
    { key: "employer", label: fieldLabel("contact", "employer"), of: (person) => person.employer },
    { key: "title", label: fieldLabel("contact", "title"), of: (person) => person.title },
    {
      key: "created_at",
      label: fieldLabel("contact", "created_at"),
      of: (person) => (person.created_at === null ? null : relativeTime(person.created_at)),
    },
  ];
  const agrees = (of: (person: DuplicatePerson) => string | null, person: DuplicatePerson) => {
    const own = of(person)?.toLowerCase();
    return own !== undefined && people.some((other) => other !== person && of(other)?.toLowerCase() === own);
  };
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? "";
  return (
    <Scrollable className={styles.case} label={people.map((person) => person.name).join(", ")}>
      <p className={styles.score}>
        {t("duplicates.score", { percent: percent(shown.score) })}
        {people.length > 2 && <span> · {t("duplicates.of", { count: people.length })}</span>}
      </p>
      <div className={styles.people}>
        <table className={styles.compare}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t("merge.field")}</span>
              </th>
              {people.map((person) => (
                <th scope="col" key={person.id}>
                  <Link to="/contacts/$id" params={{ id: person.id }} search={{}}>
                    {person.name}
                  </Link>
                  <ApprovalChip approval={person.approval} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.key}>
                <th scope="row">{line.label}</th>
                {people.map((person) => {
                  const text = line.of(person);
                  const shownText = text === null ? null : <Breakable>{text}</Breakable>;
                  const marked = line.key !== "created_at" && agrees(line.of, person);
                  return <td key={person.id}>{marked ? <mark>{shownText}</mark> : shownText}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {people.some((person) => person.approval === "rejected") && (
        <p className={styles.frozen}>{t("duplicates.frozen")}</p>
      )}
      {pairs.map((pair) => (
        <section key={`${pair.one}${pair.other}`} className={styles.evidence}>
          {people.length > 2 && (
            <h3>
              {nameOf(pair.one)} · {nameOf(pair.other)}{" "}
              <span>{t("duplicates.score", { percent: percent(pair.score) })}</span>
            </h3>
          )}
          <Reasons reasons={pair.reasons} />
        </section>
      ))}
    </Scrollable>
  );
}
