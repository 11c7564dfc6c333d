import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { CircleAlert, CloudCheck, CloudOff, CloudUpload } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { SyncStatus } from "~/ipc";
import signal from "~/kit/components/Signal.module.css";
import { errorText } from "~/kit/i18n/words.ts";
import { isStopped, syncStatusQuery } from "./queries.ts";

/** What the sign says, how loud, and why. Being offline is no trouble: it is grey. */
function told(t: TFunction, status: SyncStatus) {
  const { refused, conflicts, waiting, progress } = status;
  if (refused > 0) return { state: "failed", icon: CircleAlert, words: t("sync.signal.refused", { count: refused }) };
  if (isStopped(status)) return { state: "failed", icon: CircleAlert, words: t("sync.signal.stopped") };
  if (conflicts > 0) {
    return { state: "failed", icon: CircleAlert, words: t("sync.signal.conflicts", { count: conflicts }) };
  }
  if (progress?.trouble) {
    const words = waiting > 0 ? t("sync.signal.offlineWaiting", { count: waiting }) : t("sync.signal.offline");
    return { state: "quiet", icon: CloudOff, words };
  }
  if (waiting > 0) return { state: "quiet", icon: CloudUpload, words: t("sync.signal.waiting", { count: waiting }) };
  return progress?.reached_at ? { state: "quiet", icon: CloudCheck, words: t("sync.signal.inStep") } : null;
}

/** In the top bar, where this computer is connected to a hub: whether everything made here has reached it. */
export function SyncSignal() {
  const { t } = useTranslation();
  const status = useQuery(syncStatusQuery).data;
  const sign = status?.hub ? told(t, status) : null;
  if (!sign) return null;
  const trouble = status?.progress?.trouble;
  return (
    <Link
      to="/settings/sync"
      className={signal.signal}
      data-state={sign.state}
      title={trouble ? errorText(trouble) : undefined}
      aria-label={t("sync.signal.open", { what: sign.words })}
    >
      <sign.icon size={14} strokeWidth={2} aria-hidden />
      <span>{sign.words}</span>
    </Link>
  );
}
