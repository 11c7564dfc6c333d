import { Check, Equal, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ContactProfile, Likeness, Reason } from "~/ipc";
import { Breakable } from "~/kit/components/Breakable.tsx";
import { fieldLabel } from "~/kit/i18n/words.ts";
import styles from "./Compared.module.css";

type Line = {
  column: string;
  label: string;
  own: string;
  other: string;
  /** Undefined where one of them has no value. */
  agreement: Reason["agreement"] | undefined;
};

const SIGNS = { same: Check, alike: Equal, similar: Equal, different: X };

/** Facts that are shown whether or not both have them, in the order of the table. */
const ORDER = ["given_name", "family_name", "title", "employer", "email", "phone", "profile"];

/** What the two are compared by, the usual facts first, then whatever else both have. */
function linesOf(profile: ContactProfile, { person, reasons }: Likeness): Line[] {
  const own: { [column: string]: string } = {
    title: String(profile.values.title ?? ""),
    employer: profile.employer?.name ?? "",
    email: String(profile.values.email ?? ""),
  };
  const other: { [column: string]: string } = {
    title: person.title ?? "",
    employer: person.employer ?? "",
    email: person.email,
  };
  const rank = (column: string) => (ORDER.includes(column) ? ORDER.indexOf(column) : ORDER.length);
  const compared = reasons.map<Line>(({ column, agreement, fields, values }) => ({
    column,
    label: fieldLabel("contact", fields[0]),
    own: values[0],
    other: values[1],
    agreement,
  }));
  const alone = ["title", "employer", "email"].filter(
    (column) => reasons.every((reason) => reason.column !== column) && (own[column] || other[column]),
  );
  return [
    ...compared,
    ...alone.map<Line>((column) => ({
      column,
      label: fieldLabel("contact", column),
      own: own[column] ?? "",
      other: other[column] ?? "",
      agreement: undefined,
    })),
  ].sort((a, b) => rank(a.column) - rank(b.column));
}

/** A pending contact beside one it may be: what agrees is marked, and what differs is said as well. */
export function Compared({ profile, likeness }: { profile: ContactProfile; likeness: Likeness }) {
  const { t } = useTranslation();
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{t("duplicates.reasons")}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t("queue.likeness.pending")}</th>
          <th scope="col">{t("queue.likeness.other")}</th>
        </tr>
      </thead>
      <tbody>
        {linesOf(profile, likeness).map((line) => (
          <Row key={line.column} {...line} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ label, own, other, agreement }: Line) {
  const { t } = useTranslation();
  const Sign = agreement && SIGNS[agreement];
  const agrees = agreement !== undefined && agreement !== "different";
  const cell = (value: string) => {
    if (value === "") return <span className={styles.none}>{t("queue.likeness.none")}</span>;
    return agrees ? (
      <mark>
        <Breakable>{value}</Breakable>
      </mark>
    ) : (
      <Breakable>{value}</Breakable>
    );
  };
  return (
    <tr data-agreement={agreement}>
      <th scope="row">
        {Sign && (
          <span
            className={styles.sign}
            role="img"
            aria-label={t(`queue.likeness.${agreement}`)}
            title={t(`queue.likeness.${agreement}`)}
          >
            <Sign size={14} strokeWidth={2} aria-hidden />
          </span>
        )}
        {label}
      </th>
      <td>{cell(own)}</td>
      <td>{cell(other)}</td>
    </tr>
  );
}
