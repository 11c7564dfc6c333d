import { Link } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import { Trans, useTranslation } from "react-i18next";
import { findingText } from "~/features/security/findingText.ts";
import type { DamageNotice as Damage } from "~/ipc";
import { Notice } from "~/kit/components/Notice.tsx";
import { When } from "~/kit/components/When.tsx";
import { useAppState } from "~/session/session.ts";

/** Above every screen while something is known to be wrong with what is stored: what, and what to do. */
export function DamageNotice() {
  const { t } = useTranslation();
  const { damage } = useAppState();
  if (damage === null) return null;
  return (
    <Notice icon={TriangleAlert} acts={<Link to="/settings/security">{t("shell.damage.show")}</Link>}>
      <What damage={damage} />
    </Notice>
  );
}

function What({ damage }: { damage: Damage }) {
  const { t } = useTranslation();
  // What is missing names the way back itself.
  if (damage.journal !== null) return findingText(t, damage.journal);
  const what =
    damage.findings > 0 && damage.checked_at !== null ? (
      <Trans
        i18nKey="shell.damage.found"
        count={damage.findings}
        components={{ when: <When at={damage.checked_at} /> }}
      />
    ) : (
      t("shell.damage.pages")
    );
  return (
    <>
      {what} {t("shell.damage.next")}
    </>
  );
}
