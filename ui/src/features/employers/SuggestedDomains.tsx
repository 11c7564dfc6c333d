import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { call, commands, type EmployerProfile } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import rowStyle from "~/kit/layout/Row.module.css";
import text from "~/kit/layout/Text.module.css";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Claim.module.css";

/** Domains that the employer may have, from its website and its contacts' addresses: one click makes them its own. */
export function SuggestedDomains({ profile }: { profile: EmployerProfile }) {
  const { t } = useTranslation();
  const may = useMay();
  const announce = useAnnounce();
  const { id, name, values } = profile;
  const have = values.email_domains ?? null;
  const suggested = useQuery({
    queryKey: ["employers", "domains", id],
    queryFn: () => call(commands.employerDomainsSuggested(id)),
    meta: { tags: ["contacts", "institution"] },
  });
  const domains = suggested.data ?? [];
  if (domains.length === 0 || !may("edit_contacts") || profile.deleted) return null;

  const add = async (domain: string) => {
    const after = [...(Array.isArray(have) ? have : []), domain];
    try {
      const done = await call(commands.employerEdit(id, [{ field: "email_domains", before: have, after }]));
      const words = { domain, name };
      announce(done.operation, t("employers.domains.added", words), t("employers.domains.addedUndone", words));
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <section className={styles.domains} aria-label={t("employers.domains.title")}>
      <h2 className={text.legend}>{t("employers.domains.title")}</h2>
      <p className={styles.quiet}>{t("employers.domains.lead", { name })}</p>
      <div className={rowStyle.wrapCenter}>
        {domains.map((domain) => (
          <Button key={domain} size="small" icon={Plus} onPress={() => void add(domain)}>
            {t("employers.domains.add", { domain })}
          </Button>
        ))}
      </div>
    </section>
  );
}
