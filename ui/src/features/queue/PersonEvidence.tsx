import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { MailCheck, MailQuestion } from "lucide-react";
import { Trans, useTranslation } from "react-i18next";
import { type CacheTag, call, commands, type Id } from "~/ipc";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { When } from "~/kit/components/When.tsx";
import { ClaimPanel } from "../employers/ClaimPanel.tsx";
import { useClaim } from "../employers/useClaim.ts";
import styles from "./Queue.module.css";

/** The keys by which the queue says what a claimed employer is. */
export const CLAIM_KEYS = { same: "s", isNew: "i" };

function evidenceQuery(id: Id) {
  return {
    queryKey: ["contacts", "evidence", id],
    queryFn: () => call(commands.contactEvidence(id)),
    meta: { tags: ["employers", "employer_users"] satisfies CacheTag[] },
  };
}

/** What is known of a pending contact beside what it says: the address, and whether the employer is confirmed. */
export function PersonEvidence({ id }: { id: Id }) {
  const { t } = useTranslation();
  const acts = useClaim();
  const evidence = useQuery(evidenceQuery(id));
  if (!evidence.data) return null;
  const { proven_at: proven, free_mail: isFree, claim } = evidence.data;
  return (
    <>
      {proven !== null && (
        <p className={styles.fact}>
          <MailCheck size={16} strokeWidth={1.75} aria-hidden />
          <span>
            <Trans i18nKey="queue.evidence.proven" components={{ when: <When at={proven} /> }} />
          </span>
        </p>
      )}
      {isFree && (
        <p className={styles.fact}>
          <MailQuestion size={16} strokeWidth={1.75} aria-hidden />
          <span>{t("queue.evidence.freeMail")}</span>
        </p>
      )}
      {claim && <ClaimPanel claim={claim} acts={acts} keys={CLAIM_KEYS} />}
    </>
  );
}

const claimOf = async (client: QueryClient, id: Id) => (await client.fetchQuery(evidenceQuery(id))).claim;

/** Says by a key what the employer of the contact under the keyboard is. */
export function useClaimKeys(focus: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const acts = useClaim(focus);
  const say = async (id: Id, isNew: boolean) => {
    try {
      const claim = await claimOf(client, id);
      const like = claim?.like[0];
      if (!claim) toast(t("employers.claim.nothing"));
      else if (isNew) await acts.confirm(claim);
      else if (like) await acts.same(claim, like);
      else toast(t("employers.claim.noLike"));
    } catch (error) {
      toastError(error);
    }
  };
  return { same: (id: Id) => void say(id, false), isNew: (id: Id) => void say(id, true) };
}
