import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import signal from "~/kit/components/Signal.module.css";
import { useMay } from "~/session/session.ts";
import { backupStatusQuery } from "./queries.ts";
import { troubleText } from "./words.ts";

/** In the top bar, only while backups fail: quiet, lasting, and a way to where it can be changed. */
export function BackupSignal() {
  const { t } = useTranslation();
  const may = useMay()("manage_settings");
  const trouble = useQuery({ ...backupStatusQuery, enabled: may }).data?.troubles[0];
  if (!trouble) return null;
  return (
    <Link to="/settings/backups" className={signal.signal} data-state="failed" title={troubleText(trouble)}>
      <CircleAlert size={14} strokeWidth={2} aria-hidden />
      <span>{t(`backups.signal.${trouble.place}`)}</span>
    </Link>
  );
}
