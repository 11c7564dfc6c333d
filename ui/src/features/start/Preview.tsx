import { Building2, ContactRound, Handshake, Inbox } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AccessChip } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { AccessChipView, ApprovalChip, VisibilityChip } from "~/kit/components/Chips.tsx";
import row from "~/kit/layout/Row.module.css";
import text from "~/kit/layout/Text.module.css";
import styles from "./Preview.module.css";

const ROLE = "Default Access";

/** What the window will look like, with the names typed so far. Decoration only. */
export function Preview({ institution, person }: { institution: string; person: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.scene} aria-hidden>
      <div className={styles.window}>
        <div className={styles.nav}>
          <p className={styles.brand}>
            <span className={styles.mark}>
              <Handshake size={12} strokeWidth={2} />
            </span>
            <span className={text.clipRest}>{institution.trim() || t("start.preview.institution")}</span>
          </p>
          <p className={styles.link} data-active>
            <ContactRound size={14} /> {t("start.preview.contacts")}
          </p>
          <p className={styles.link}>
            <Building2 size={14} /> {t("start.preview.employers")}
          </p>
          <p className={styles.link}>
            <Inbox size={14} /> <span className={text.clipRest}>{t("start.preview.queue")}</span>
            <span className={styles.badge}>3</span>
          </p>
        </div>
        <div className={styles.body}>
          <div className={styles.bar}>{person.trim() !== "" && <Avatar name={person} size={20} />}</div>
          <Person
            name={t("start.preview.person")}
            position={t("start.preview.position")}
            approval="approved"
            visibility="students"
            access={{ state: "on", role: ROLE }}
          />
          <Person
            name={t("start.preview.another")}
            position={t("start.preview.anotherPosition")}
            approval="pending"
            visibility="career_advisors"
            access={{ state: "none" }}
          />
          <Person
            name={t("start.preview.third")}
            position={t("start.preview.thirdPosition")}
            approval="rejected"
            visibility="myself"
            access={{ state: "off", role: ROLE }}
          />
        </div>
      </div>
      <p className={styles.caption}>{t("start.preview.caption")}</p>
    </div>
  );
}

type PersonProps = { name: string; position: string; approval: string; visibility: string; access: AccessChip };

function Person({ name, position, approval, visibility, access }: PersonProps) {
  return (
    <div className={styles.person}>
      <Avatar name={name} size={32} />
      <div className={styles.who}>
        <p className={styles.name}>{name}</p>
        <p className={styles.position}>{position}</p>
        <p className={row.chipsBelow}>
          <ApprovalChip approval={approval} />
          <VisibilityChip visibility={visibility} />
          <AccessChipView access={access} short />
        </p>
      </div>
    </div>
  );
}
