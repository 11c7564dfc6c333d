import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { GitMerge, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type CacheTag, type ContactProfile, call, commands, type Id, type Likeness } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ApprovalChip } from "~/kit/components/Chips.tsx";
import stack from "~/kit/layout/Stack.module.css";
import { percent } from "../duplicates/reasons.ts";
import { Compared } from "./Compared.tsx";
import styles from "./Queue.module.css";

/** Who in the directory may be the same person as one who waits. */
export function likelyDuplicatesQuery(id: Id) {
  return {
    queryKey: ["contacts", "likenesses", id],
    queryFn: () => call(commands.contactLikenesses(id)),
    meta: { tags: ["duplicates"] satisfies CacheTag[] },
  };
}

/** Approves into a contact; undefined where the person may not. */
type Into = ((into: Id) => void) | undefined;

/** Contacts that may be the same person, the likeliest first, side by side with the pending one (B4). */
export function LikelyDuplicates({ profile, onInto }: { profile: ContactProfile; onInto: Into }) {
  const { t } = useTranslation();
  const found = useQuery(likelyDuplicatesQuery(profile.id));
  if (!found.data || found.data.length === 0) return null;
  return (
    <section className={styles.likenesses}>
      <h3 className={styles.heading}>
        <UsersRound size={16} strokeWidth={1.75} aria-hidden />{" "}
        {t("queue.likeness.title", { count: found.data.length })}
      </h3>
      <ul className={stack.by8}>
        {found.data.map((likeness) => (
          <li key={likeness.person.id}>
            <LikenessView profile={profile} likeness={likeness} onInto={onInto} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type LikenessProps = { profile: ContactProfile; likeness: Likeness; onInto: Into };

function LikenessView({ profile, likeness, onInto }: LikenessProps) {
  const { t } = useTranslation();
  const { person, score } = likeness;
  return (
    <div className={styles.likeness}>
      <div className={styles.likenessHead}>
        <Link to="/contacts/$id" params={{ id: person.id }} search={{}}>
          {person.name}
        </Link>
        <ApprovalChip approval={person.approval} />
        <span className={styles.sure}>{t("duplicates.score", { percent: percent(score) })}</span>
      </div>
      <Compared profile={profile} likeness={likeness} />
      {onInto && person.approval === "approved" && (
        <Button size="small" icon={GitMerge} onPress={() => onInto(person.id)}>
          {t("queue.likeness.into", { name: person.name })}
        </Button>
      )}
    </div>
  );
}
