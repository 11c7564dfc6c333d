import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { PolicyInfo } from "~/ipc";
import sections from "~/kit/layout/Sections.module.css";

/** What the organization has set on this computer. Nobody can change it here, so it is only told. */
export function Organization({ policy }: { policy: PolicyInfo }) {
  const { t } = useTranslation();
  const id = useId();
  const set = [
    policy.data_folder && t("security.organization.dataFolder", { folder: policy.data_folder }),
    policy.hub_address && t("security.organization.hubAddress", { address: policy.hub_address }),
    policy.lock_after_minutes && t("security.organization.lockAfter", { count: policy.lock_after_minutes }),
    policy.backup_folder && t("security.organization.backupFolder", { folder: policy.backup_folder }),
    policy.imports_off && t("security.organization.importsOff"),
    policy.updates_off && t("security.organization.updatesOff"),
  ].filter((line) => typeof line === "string");
  return (
    <section className={sections.section} aria-labelledby={id}>
      <h2 id={id} className={sections.title}>
        {t("security.organization.title")}
      </h2>
      <div className={sections.body}>
        {set.length > 0 && (
          <ul>
            {set.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {policy.problems.length > 0 && (
          <>
            <p>{t("security.organization.problems", { count: policy.problems.length })}</p>
            <ul>
              {policy.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
