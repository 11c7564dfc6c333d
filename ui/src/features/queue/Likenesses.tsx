import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Breakable } from "~/components/Breakable.tsx";
import { ApprovalChip, Chip } from "~/components/Chips.tsx";
import { type ContactProfile, call, commands, type Likeness } from "~/ipc";
import styles from "./Queue.module.css";

/** Contacts that may be the same person, beside this one, with what agrees marked (B4). */
export function Likenesses({ profile }: { profile: ContactProfile }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ["contacts", "likenesses", profile.id],
    queryFn: () => call(commands.contactLikenesses(profile.id)),
  });
  if (!found.data || found.data.length === 0) return null;
  return (
    <section className={styles.likenesses}>
      <h3 className={styles.heading}>
        <UsersRound size={16} strokeWidth={1.75} aria-hidden />{" "}
        {t("queue.likeness.title", { count: found.data.length })}
      </h3>
      <ul className={styles.likenessList}>
        {found.data.map((likeness) => (
          <li key={likeness.id}>
            <LikenessView profile={profile} likeness={likeness} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LikenessView({ profile, likeness }: { profile: ContactProfile; likeness: Likeness }) {
  const { t } = useTranslation();
  const has = (reason: Likeness["reasons"][number]) => likeness.reasons.includes(reason);
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
  const lines: { label: string; mine: string | null; theirs: string | null; agrees: boolean }[] = [
    { label: t("fields.contact.name"), mine: profile.name, theirs: likeness.name, agrees: has("same_name") },
    {
      label: t("fields.contact.email"),
      mine: text(profile.values.email),
      theirs: likeness.email,
      agrees: has("same_email"),
    },
    {
      label: t("fields.contact.employer"),
      mine: profile.employer?.name ?? null,
      theirs: likeness.employer,
      agrees: has("same_employer"),
    },
    { label: t("fields.contact.title"), mine: text(profile.values.title), theirs: likeness.title, agrees: false },
  ];
  return (
    <div className={styles.likeness}>
      <div className={styles.likenessHead}>
        <Link to="/contacts/$id" params={{ id: likeness.id }} search={{}}>
          {likeness.name}
        </Link>
        <ApprovalChip approval={likeness.approval} />
        {likeness.reasons.map((reason) => (
          <Chip key={reason} tone="waits">
            {t(`queue.likeness.reason.${reason}`)}
          </Chip>
        ))}
      </div>
      <table className={styles.compare}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t("filters.field")}</span>
            </th>
            <th scope="col">{t("queue.likeness.pending")}</th>
            <th scope="col">{t("queue.likeness.known")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.label}>
              <th scope="row">{line.label}</th>
              <td>
                <Part agrees={line.agrees}>{line.mine}</Part>
              </td>
              <td>
                <Part agrees={line.agrees}>{line.theirs}</Part>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Part({ agrees, children }: { agrees: boolean; children: string | null }) {
  const text = children === null ? null : <Breakable>{children}</Breakable>;
  return agrees ? <mark className={styles.agrees}>{text}</mark> : text;
}
