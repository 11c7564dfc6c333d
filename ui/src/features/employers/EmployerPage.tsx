import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Ellipsis, History, KeyRound, Pencil, Star, Trash2, UsersRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "~/components/Avatar.tsx";
import { Button } from "~/components/Button.tsx";
import { Chip } from "~/components/Chips.tsx";
import { useHotkeys } from "~/components/hotkeys.tsx";
import { Menu, MenuItem } from "~/components/Menu.tsx";
import { Scrollable } from "~/components/Scrollable.tsx";
import { ErrorState, Skeleton } from "~/components/States.tsx";
import type { EmployerProfile, FieldSchema } from "~/ipc";
import { AuditPanel } from "../audit/AuditPanel.tsx";
import { FieldGroups } from "../record/FieldGroups.tsx";
import { useFields, useMay } from "../shell/session.ts";
import { usePageTitle } from "../shell/title.ts";
import { EditEmployer } from "./EditEmployer.tsx";
import styles from "./Employer.module.css";
import { EmployerPeople } from "./EmployerPeople.tsx";
import { useEmployer } from "./queries.ts";
import type { EmployerSearch } from "./search.ts";

/** What the header says already. */
const SAID = ["name", "labels", "primary_contact"];

/** Everything about one employer, its people first. */
export function EmployerPage() {
  const { id } = useParams({ from: "/employers/$id" });
  const employer = useEmployer(id);
  usePageTitle(employer.data?.name);
  if (employer.error) return <ErrorState error={employer.error} onRetry={() => void employer.refetch()} />;
  if (!employer.data) {
    return (
      <div className={styles.waiting}>
        <Skeleton lines={8} />
      </div>
    );
  }
  return <Loaded key={id} profile={employer.data} />;
}

function Loaded({ profile }: { profile: EmployerProfile }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/employers/$id" });
  const fields = useFields("employer");
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const canEdit = may("edit_contacts") && !profile.deleted;
  const canAudit = may("view_audit_log");
  const go = (next: EmployerSearch, replace = true) =>
    void navigate({ to: "/employers/$id", params: { id: profile.id }, search: next, replace });
  const { audit, ...withoutAudit } = search;
  const toggleAudit = () => go(audit ? withoutAudit : { ...withoutAudit, audit: true });

  useHotkeys(t("employers.keys.group"), [
    { keys: "e", label: t("employers.edit"), run: () => setEditing(true), enabled: canEdit },
    { keys: "l", label: t("employers.viewAuditLog"), run: toggleAudit, enabled: canAudit },
    {
      keys: "Escape",
      label: t("employers.keys.back"),
      run: () => (audit ? go(withoutAudit) : window.history.back()),
    },
  ]);

  return (
    <div className={styles.page}>
      <div className={styles.main}>
        <Header
          profile={profile}
          actions={
            <>
              {canEdit && (
                <Button icon={Pencil} hotkey="e" onPress={() => setEditing(true)}>
                  {t("employers.edit")}
                </Button>
              )}
              {canAudit && (
                <Menu label={t("employers.action")} trigger={<Button icon={Ellipsis}>{t("employers.action")}</Button>}>
                  {canEdit && (
                    <MenuItem icon={Pencil} hotkey="e" onAction={() => setEditing(true)}>
                      {t("employers.edit")}
                    </MenuItem>
                  )}
                  <MenuItem icon={History} hotkey="l" onAction={toggleAudit}>
                    {t("employers.viewAuditLog")}
                  </MenuItem>
                </Menu>
              )}
            </>
          }
        />
        <div className={styles.split}>
          <EmployerPeople
            profile={profile}
            search={withoutAudit}
            onSearch={(next, replace) => go(audit ? { ...next, audit } : next, replace)}
          />
          {!audit && <About profile={profile} fields={fields} />}
        </div>
      </div>
      {audit && canAudit && (
        <AuditPanel kind="employer" id={profile.id} name={profile.name} onClose={() => go(withoutAudit)} />
      )}
      {editing && <EditEmployer profile={profile} onClose={() => setEditing(false)} />}
    </div>
  );
}

function About({ profile, fields }: { profile: EmployerProfile; fields: FieldSchema[] }) {
  const { t } = useTranslation();
  const isKnown = fields.some(({ key }) => !SAID.includes(key) && profile.values[key] !== undefined);
  return (
    <aside className={styles.aside}>
      <Scrollable className={styles.about} label={t("employers.about", { name: profile.name })}>
        {isKnown ? (
          <FieldGroups kind="employer" fields={fields} values={profile.values} omit={SAID} />
        ) : (
          <p className={styles.quiet}>{t("employers.aboutEmpty")}</p>
        )}
      </Scrollable>
    </aside>
  );
}

function Header({ profile, actions }: { profile: EmployerProfile; actions: ReactNode }) {
  const { t } = useTranslation();
  const { values } = profile;
  const labels = Array.isArray(values.labels) ? values.labels : [];
  return (
    <header className={styles.header}>
      <Avatar name={profile.name} size={48} />
      <div className={styles.who}>
        <p className={styles.name} title={profile.name}>
          {profile.name}
        </p>
        {typeof values.industry === "string" && <p className={styles.quiet}>{values.industry}</p>}
        <ul className={styles.facts} aria-label={t("employers.facts.label")}>
          <li>
            <Chip icon={UsersRound}>{t("employers.facts.contacts", { count: profile.contacts })}</Chip>
          </li>
          <li>
            <Chip icon={KeyRound} tone={profile.users === 0 ? "faint" : "plain"}>
              {t("employers.facts.users", { count: profile.users })}
            </Chip>
          </li>
          <li>
            <Chip icon={Star} tone={profile.primary_contact ? "plain" : "faint"}>
              {profile.primary_contact
                ? t("employers.facts.primary", { name: profile.primary_contact })
                : t("employers.facts.noPrimary")}
            </Chip>
          </li>
          {profile.deleted && (
            <li>
              <Chip icon={Trash2} tone="bad">
                {t("employers.deleted")}
              </Chip>
            </li>
          )}
          {labels.map((label) => (
            <li key={label}>
              <Chip tone="faint">{label}</Chip>
            </li>
          ))}
        </ul>
      </div>
      <div className={styles.actions}>{actions}</div>
    </header>
  );
}
