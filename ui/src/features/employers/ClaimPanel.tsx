import { Link } from "@tanstack/react-router";
import { BadgeCheck, CircleHelp, GitMerge } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Claim, LikeEmployer } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ClaimedChip } from "~/kit/components/Chips.tsx";
import { listed, webAddress } from "~/kit/i18n/words.ts";
import rowStyle from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { useMay } from "~/session/session.ts";
import styles from "./Claim.module.css";
import type { ClaimActs } from "./useClaim.ts";

type Props = {
  claim: Claim;
  acts: ClaimActs;
  /** The keys of the queue, where they act on this claim. */
  keys?: { same: string; isNew: string };
};

function useFacts() {
  const { t } = useTranslation();
  return ({ city, website, contacts }: LikeEmployer) =>
    [city, website && webAddress(website), t("employers.facts.contacts", { count: contacts })]
      .filter((fact) => fact)
      .join(" · ");
}

/** An employer that somebody only named in the portal: which one it may be, and what to do about it. */
export function ClaimPanel({ claim, acts, keys }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const factsOf = useFacts();
  const canMerge = may("merge_contacts");
  return (
    <section className={styles.claim} aria-label={t("employers.claim.title")}>
      <h3 className={styles.heading}>
        <CircleHelp size={16} strokeWidth={1.75} aria-hidden /> {t("employers.claim.title")}
      </h3>
      <p className={styles.quiet}>{t("employers.claim.lead", { name: claim.name })}</p>
      <p className={styles.quiet}>
        {claim.like.length === 0 ? t("employers.claim.none") : t("employers.claim.like", { count: claim.like.length })}
      </p>
      {claim.like.length > 0 && (
        <ul className={stack.by8}>
          {claim.like.map((like, at) => (
            <li key={like.id} className={styles.like}>
              <div className={rowStyle.wrapCenter}>
                <Link to="/employers/$id" params={{ id: like.id }} search={{}}>
                  {like.name}
                </Link>
                {like.claimed && <ClaimedChip />}
              </div>
              <p className={styles.quiet}>{factsOf(like)}</p>
              <p className={styles.quiet}>{listed(like.why.map((why) => t(`employers.claim.why.${why}`)))}</p>
              {canMerge && (
                <Button
                  size="small"
                  icon={GitMerge}
                  aria-label={t("employers.claim.sameAs", { name: like.name })}
                  onPress={() => void acts.same(claim, like)}
                  {...(keys && at === 0 ? { hotkey: keys.same } : {})}
                >
                  {t("employers.claim.same")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {may("edit_contacts") && (
        <div>
          <Button
            size="small"
            icon={BadgeCheck}
            onPress={() => void acts.confirm(claim)}
            {...(keys ? { hotkey: keys.isNew } : {})}
          >
            {t("employers.claim.new")}
          </Button>
        </div>
      )}
    </section>
  );
}
