import { Eye, EyeOff, type LucideIcon, PencilLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Reach } from "~/ipc";
import { Skeleton } from "~/kit/components/States.tsx";
import styles from "./Roles.module.css";

/** A part of what somebody finds, as Rust says it. */
export type VisibleArea = { area: string; reach: Reach };
/** The words for it. */
export type AreaWords = { area: (area: string) => string; sight: (area: string, reach: Reach) => string };

const ICONS: Record<Reach, LucideIcon> = { hidden: EyeOff, look: Eye, act: PencilLine };

type Props = { sights: readonly VisibleArea[] | undefined; words: AreaWords; heading?: "h2" | "h3" };

/** "With this role, a person sees…" */
export function VisibleAreas({ sights, words, heading: Heading = "h3" }: Props) {
  const { t } = useTranslation();
  return (
    <section className={styles.sees} aria-live="polite">
      <Heading className={styles.seesTitle}>{t("roles.sees")}</Heading>
      {sights === undefined ? (
        <Skeleton lines={6} />
      ) : (
        <ul>
          {sights.map(({ area, reach }) => {
            const Icon = ICONS[reach];
            return (
              <li key={area} className={styles.sight} data-area={area} data-reach={reach}>
                <Icon size={16} strokeWidth={1.75} aria-hidden />
                <span>
                  <span className={styles.area}>{words.area(area)}</span>{" "}
                  <span className={styles.reach}>{words.sight(area, reach)}</span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
