import {
  Ban,
  CircleCheck,
  CircleHelp,
  CircleX,
  Clock,
  GraduationCap,
  KeyRound,
  Lock,
  type LucideIcon,
  Trash2,
  UserMinus,
  UsersRound,
  UserX,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AccessChip, Chips as ChipValues } from "~/ipc";
import { shortChoiceLabel } from "../i18n/words.ts";
import row from "../layout/Row.module.css";
import styles from "./Chips.module.css";

export type ChipTone = "waits" | "good" | "bad" | "plain" | "faint";

/** One fact: an icon and a word. The colour never says anything the word doesn't. */
export function Chip({
  icon: Icon,
  tone = "plain",
  tint,
  title,
  children,
}: {
  icon?: LucideIcon;
  tone?: ChipTone;
  /** The tint of a label, by key. */
  tint?: string | undefined;
  title?: string;
  children: string;
}) {
  return (
    <span className={styles.chip} data-tone={tone} data-tint={tint} title={title ?? children}>
      {tint && <span className={styles.dot} aria-hidden />}
      {Icon && <Icon size={14} strokeWidth={2} className={styles.icon} aria-hidden />}
      <span className={styles.word}>{children}</span>
    </span>
  );
}

const APPROVAL: Record<string, { icon: LucideIcon; tone: ChipTone }> = {
  pending: { icon: Clock, tone: "waits" },
  approved: { icon: CircleCheck, tone: "good" },
  rejected: { icon: CircleX, tone: "bad" },
};

const VISIBILITY: Record<string, LucideIcon> = { myself: Lock, career_advisors: UsersRound, students: GraduationCap };

/** First fact: does the directory hold the person? */
export function ApprovalChip({ approval, muted }: { approval: string /** It has no effect now. */; muted?: boolean }) {
  const look = APPROVAL[approval];
  return (
    <Chip icon={look?.icon} tone={muted ? "faint" : (look?.tone ?? "plain")}>
      {shortChoiceLabel("approval", approval)}
    </Chip>
  );
}

/** Second fact: who may see the person once approved? */
export function VisibilityChip({
  visibility,
  noEffect,
}: {
  visibility: string /** Why it means nothing now. */;
  noEffect?: string | undefined;
}) {
  const words = shortChoiceLabel("visibility", visibility);
  return (
    <Chip
      icon={VISIBILITY[visibility]}
      tone={noEffect ? "faint" : "plain"}
      {...(noEffect ? { title: `${words}. ${noEffect}` } : {})}
    >
      {words}
    </Chip>
  );
}

/** Third fact: can the person log in? */
export function AccessChipView({ access, short }: { access: AccessChip; short?: boolean }) {
  const { t } = useTranslation();
  if (access.state === "none") {
    return (
      <Chip icon={UserX} tone="faint">
        {t("common.chips.noAccount")}
      </Chip>
    );
  }
  if (access.state === "off") {
    return (
      <Chip icon={Ban} tone="bad" title={t("common.chips.accessOffRole", { role: access.role })}>
        {t("common.chips.accessOff")}
      </Chip>
    );
  }
  return (
    <Chip icon={KeyRound} title={t("common.chips.canLogIn", { role: access.role })}>
      {short ? t("common.chips.canLogInShort") : t("common.chips.canLogIn", { role: access.role })}
    </Chip>
  );
}

/** A contact at the employer called "Inactive", or marked so. */
export function InactiveChip() {
  const { t } = useTranslation();
  return (
    <Chip icon={UserMinus} tone="waits">
      {t("common.chips.inactive")}
    </Chip>
  );
}

/** An employer that somebody only named in the portal: it has the name of one that may be there already. */
export function ClaimedChip() {
  const { t } = useTranslation();
  return (
    <Chip icon={CircleHelp} tone="waits" title={t("common.chips.claimedHint")}>
      {t("common.chips.claimed")}
    </Chip>
  );
}

type ChipsProps = { chips: ChipValues /** In the trash. */; deleted?: boolean; inactive?: boolean };

/**
 * The three facts about a person, always apart and always in this order: directory, visibility, access. What has no
 * effect, of a contact that is rejected or in the trash, is muted.
 */
export function Chips({ chips, deleted = false, inactive = false }: ChipsProps) {
  const { t } = useTranslation();
  const noEffect = deleted
    ? t("common.chips.trashNoEffect")
    : chips.approval === "rejected"
      ? t("common.chips.rejectedNoEffect")
      : undefined;
  return (
    <ul className={`${row.chips} ${styles.chips}`} aria-label={t("common.chips.group")}>
      {deleted && (
        <li>
          <Chip icon={Trash2} tone="bad">
            {t("common.chips.inTrash")}
          </Chip>
        </li>
      )}
      <li>
        <ApprovalChip approval={chips.approval} muted={deleted} />
      </li>
      <li>
        <VisibilityChip visibility={chips.visibility} noEffect={noEffect} />
      </li>
      <li>
        <AccessChipView access={chips.access} />
      </li>
      {inactive && (
        <li>
          <InactiveChip />
        </li>
      )}
    </ul>
  );
}
