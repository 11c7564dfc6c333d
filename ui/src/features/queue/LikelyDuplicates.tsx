import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { GitMerge, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type CacheTag, call, commands, type Id, type Likeness } from "~/ipc";
import { Breakable } from "~/kit/components/Breakable.tsx";
import { Button } from "~/kit/components/Button.tsx";
import { ApprovalChip } from "~/kit/components/Chips.tsx";
import stack from "~/kit/layout/Stack.module.css";
import { Reasons } from "../duplicates/Reasons.tsx";
import { percent } from "../duplicates/reasons.ts";
import styles from "./Queue.module.css";

/** Who in the directory may be the same person as one who waits. */
export function likelyDuplicatesQuery(id: Id) {
  return {
    queryKey: ["contacts", "likenesses", id],
    queryFn: () => call(commands.contactLikenesses(id)),
    meta: { tags: ["duplicates"] satisfies CacheTag[] },
  };
}

/** Contacts that may be the same person, the likeliest first, with what speaks for it (B4). */
export function LikelyDuplicates({ id, onInto }: { id: Id; onInto: ((into: Id) => void) | undefined }) {
  const { t } = useTranslation();
  const found = useQuery(likelyDuplicatesQuery(id));
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
            <LikenessView likeness={likeness} onInto={onInto} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LikenessView({ likeness, onInto }: { likeness: Likeness; onInto: ((into: Id) => void) | undefined }) {
  const { t } = useTranslation();
  const { person, score, reasons } = likeness;
  const facts = [person.title, person.employer].filter((fact) => fact !== null).join(", ");
  return (
    <div className={styles.likeness}>
      <div className={styles.likenessHead}>
        <Link to="/contacts/$id" params={{ id: person.id }} search={{}}>
          {person.name}
        </Link>
        <ApprovalChip approval={person.approval} />
        <span className={styles.sure}>{t("duplicates.score", { percent: percent(score) })}</span>
      </div>
      <p className={styles.likenessFacts}>
        {facts !== "" && <span>{facts}</span>}
        <span>
          <Breakable>{person.email}</Breakable>
        </span>
      </p>
      <Reasons reasons={reasons} />
      {onInto && person.approval === "approved" && (
        <Button size="small" icon={GitMerge} onPress={() => onInto(person.id)}>
          {t("queue.likeness.into", { name: person.name })}
        </Button>
      )}
    </div>
  );
}
