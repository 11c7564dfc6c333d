import { Trans, useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import { When } from "~/kit/components/When.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import { useNames } from "~/records/references.ts";
import styles from "./Profile.module.css";

const KNOWN = [
  "oci_interviewer",
  "employer_user_sign_up",
  "experiential_learning_supervisor",
  "event_contact",
  "job_fair_registration",
  "interviewer",
  "task",
  "admin",
  "import",
] as const;
type Known = (typeof KNOWN)[number];

/** Who added the contact: in words, as a file or staff said it, or the employer user or student who did in the portal. */
function useAddedBy(values: ContactProfile["values"], source: string): string | null {
  const who = (["employer_user", "student"] as const).flatMap((kind) => {
    const id = values[kind === "student" ? "added_by_student" : "added_by_user"];
    return typeof id === "string" ? [{ kind, id }] : [];
  });
  const nameOf = useNames(who);
  if (typeof values.added_by === "string" && values.added_by !== "") return values.added_by;
  // Who signs up is added by nobody else; a colleague’s invitation only led them there.
  if (source === "employer_user_sign_up") return null;
  const [first] = who;
  return (first && nameOf(first.id)) || null;
}

/** Where the contact first came from, in words: "Added by Dana Reyes, Acme, as OCI interviewer · 2 hours ago". */
export function SourceLine({ profile }: { profile: ContactProfile }) {
  const { t } = useTranslation();
  const source = String(profile.values.source ?? "");
  const by = useAddedBy(profile.values, source);
  const at = Number(profile.values.created_at);
  const heard = profile.last_heard;
  const known = KNOWN.find((each) => each === source) as Known | undefined;
  const words = known
    ? by
      ? t(`profile.source.by.${known}`, { by })
      : t(`profile.source.plain.${known}`)
    : t("profile.source.other", { source: choiceLabel("source", source) });
  return (
    <p className={styles.source}>
      <Trans i18nKey="profile.source.when" values={{ words }} components={{ when: <When at={at} /> }} />
      {heard !== null && heard > at && (
        <>
          {" · "}
          <Trans i18nKey="profile.lastHeard" components={{ when: <When at={heard} /> }} />
        </>
      )}
    </p>
  );
}
