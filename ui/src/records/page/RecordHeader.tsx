import { Globe, Mail, MailX, Phone } from "lucide-react";
import type { ReactNode } from "react";
import type { FieldValue } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { Breakable } from "~/kit/components/Breakable.tsx";
import { webAddress } from "~/kit/i18n/words.ts";
import styles from "./Header.module.css";

type Props = {
  name: string;
  /** In place of the initials. */
  avatar?: ReactNode;
  /** Beside the name, quietly. */
  beside?: ReactNode;
  /** The line below the name. */
  line?: ReactNode;
  /** Chips. */
  facts?: ReactNode;
  /** How to reach it; what is no text is left out. */
  reach?: {
    email?: FieldValue | undefined;
    /** Why nobody should write to the address. */
    noEmail?: string | undefined;
    phone?: FieldValue | undefined;
    website?: FieldValue | undefined;
  };
  level: "page" | "card";
  actions?: ReactNode;
};

/** What a record is at a glance, and how to reach it. */
export function RecordHeader({ name, avatar, beside, line, facts, reach = {}, level, actions }: Props) {
  // The page's own heading is in the top bar.
  const Name = level === "page" ? "p" : "h2";
  const { email, noEmail, phone, website } = reach;
  return (
    <header className={styles.header} data-level={level}>
      {avatar ?? <Avatar name={name} size={48} />}
      <div className={styles.who}>
        <Name className={styles.name} title={name}>
          {name}
          {beside}
        </Name>
        {line && <p className={styles.line}>{line}</p>}
        {facts}
        <ul className={styles.reach}>
          {typeof email === "string" && (
            <li>
              {noEmail ? (
                <MailX size={14} strokeWidth={1.75} className={styles.noEmail} aria-hidden />
              ) : (
                <Mail size={14} strokeWidth={1.75} aria-hidden />
              )}
              <a href={`mailto:${encodeURIComponent(email).replace("%40", "@")}`}>
                <Breakable>{email}</Breakable>
              </a>
              {noEmail && <span className={styles.noEmailWords}>{noEmail}</span>}
            </li>
          )}
          {typeof phone === "string" && (
            <li>
              <Phone size={14} strokeWidth={1.75} aria-hidden />
              <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</a>
            </li>
          )}
          {typeof website === "string" && /^https?:\/\//i.test(website) && (
            <li>
              <Globe size={14} strokeWidth={1.75} aria-hidden />
              <a href={website} target="_blank" rel="noreferrer noopener">
                {webAddress(website)}
              </a>
            </li>
          )}
        </ul>
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
