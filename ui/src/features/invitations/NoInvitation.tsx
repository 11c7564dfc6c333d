import { Link } from "@tanstack/react-router";
import { MailX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/session/session.ts";
import styles from "./Invitations.module.css";
import { useInvitationSettings } from "./queries.ts";

/**
 * Before or after users are added: that no invitation goes out to them, or not by itself, and why. Nothing where portal
 * and mail server are set. With links to where they are set, where leaving loses nothing.
 */
export function NoInvitation({ added = false }: { added?: boolean }) {
  const { t } = useTranslation();
  const may = useMay()("manage_settings");
  const settings = useInvitationSettings().data;
  if (!settings) return null;
  const { portal, mail_set_up: mail } = settings;
  if (portal !== "" && mail) return null;
  const why = portal !== "" ? "noMail" : mail ? "noPortal" : "neither";
  return (
    <p className={styles.noInvitation}>
      <MailX size={16} strokeWidth={1.75} aria-hidden />
      <span>
        {t(added ? `invitations.none.added.${why}` : `invitations.none.adding.${why}`)}
        {added && may && portal === "" && (
          <>
            {" "}
            <Link to="/settings/look">{t("invitations.none.portal")}</Link>
          </>
        )}
        {added && may && !mail && (
          <>
            {" "}
            <Link to="/settings/mail">{t("invitations.none.mail")}</Link>
          </>
        )}
      </span>
    </p>
  );
}
