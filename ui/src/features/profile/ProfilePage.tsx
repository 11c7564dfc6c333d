import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Check, Ellipsis, History, MessageSquarePlus, Pencil, ShieldX, X } from "lucide-react";
import { useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { useHotkeys } from "~/components/hotkeys.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/components/Menu.tsx";
import { Scrollable } from "~/components/Scrollable.tsx";
import { ErrorState, Skeleton } from "~/components/States.tsx";
import { count } from "~/i18n/words.ts";
import type { ContactProfile } from "~/ipc";
import { AuditPanel } from "../audit/AuditPanel.tsx";
import { Notes } from "../notes/Notes.tsx";
import { FieldGroups } from "../record/FieldGroups.tsx";
import { useReview } from "../review/useReview.tsx";
import type { ReviewKind } from "../review/words.ts";
import { useFields, useMay } from "../shell/session.ts";
import { usePageTitle } from "../shell/title.ts";
import { AccountSection } from "./AccountSection.tsx";
import { ContactHeader } from "./ContactHeader.tsx";
import { EditContact } from "./EditContact.tsx";
import { FrozenNote } from "./FrozenNote.tsx";
import styles from "./Profile.module.css";
import { useContact } from "./queries.ts";
import type { ProfileTab } from "./route.tsx";
import { SourceLine } from "./SourceLine.tsx";

/** What header, chips and source line say already. */
const SAID = ["approval", "access", "source", "added_by"];

/** Everything about one contact. */
export function ProfilePage() {
  const { id } = useParams({ from: "/contacts/$id" });
  const contact = useContact(id);
  usePageTitle(contact.data?.name);
  if (contact.error) return <ErrorState error={contact.error} onRetry={() => void contact.refetch()} />;
  if (!contact.data) {
    return (
      <div className={styles.column}>
        <Skeleton lines={8} />
      </div>
    );
  }
  return <Loaded key={id} profile={contact.data} />;
}

function Loaded({ profile }: { profile: ContactProfile }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/contacts/$id" });
  const fields = useFields("contact");
  const may = useMay();
  const review = useReview();
  const [editing, setEditing] = useState(false);
  const [writing, setWriting] = useState(0);
  const tab: ProfileTab = search.tab ?? "profile";
  const go = (next: { tab?: ProfileTab; audit?: true }) =>
    void navigate({ to: "/contacts/$id", params: { id: profile.id }, search: next, replace: true });
  const withTab = tab === "profile" ? {} : { tab };

  const { approval } = profile.chips;
  const canReview = may("review_contacts");
  const canEdit = may("edit_contacts");
  const origin = approval === "pending" ? ("queue" as const) : ("directory" as const);
  const ask = (action: ReviewKind) =>
    review.ask({ origin, action, selection: { by: "ids", ids: [profile.id] }, count: 1, name: profile.name });
  const approve = () =>
    review.act({
      origin,
      action: "approve",
      selection: { by: "ids", ids: [profile.id] },
      count: 1,
      name: profile.name,
    });
  const addNote = () => {
    go({ tab: "notes" });
    setWriting((n) => n + 1);
  };
  const toggleAudit = () => go({ ...withTab, ...(search.audit ? {} : { audit: true as const }) });

  useHotkeys(t("profile.keys.group"), [
    { keys: "e", label: t("profile.edit"), run: () => setEditing(true), enabled: canEdit && !profile.frozen },
    { keys: "n", label: t("profile.addNote"), run: addNote, enabled: canEdit },
    { keys: "a", label: t("review.approve"), run: approve, enabled: canReview && approval !== "approved" },
    { keys: "r", label: t("review.reject"), run: () => ask("reject"), enabled: canReview && approval !== "rejected" },
    { keys: "Shift+R", label: t("profile.rejectAndRevoke"), run: () => ask("reject_and_revoke"), enabled: canReview },
    { keys: "l", label: t("profile.viewAuditLog"), run: toggleAudit, enabled: may("view_audit_log") },
    { keys: "1", label: t("profile.tab.profile"), run: () => go({}) },
    { keys: "2", label: t("profile.tab.notes"), run: () => go({ tab: "notes" }) },
    { keys: "Escape", label: t("profile.keys.back"), run: () => (search.audit ? go(withTab) : window.history.back()) },
  ]);

  return (
    <div className={styles.page}>
      <Scrollable className={styles.scroll} label={profile.name}>
        <div className={styles.column}>
          <ContactHeader
            profile={profile}
            level="page"
            actions={
              <>
                {canReview && approval !== "approved" && (
                  <Button variant="primary" icon={Check} hotkey="a" onPress={approve}>
                    {t("review.approve")}
                  </Button>
                )}
                {canEdit && (
                  <Button icon={Pencil} hotkey="e" isDisabled={profile.frozen} onPress={() => setEditing(true)}>
                    {t("profile.edit")}
                  </Button>
                )}
                <Menu label={t("profile.action")} trigger={<Button icon={Ellipsis}>{t("profile.action")}</Button>}>
                  {canEdit && (
                    <MenuItem icon={MessageSquarePlus} hotkey="n" onAction={addNote}>
                      {t("profile.addNote")}
                    </MenuItem>
                  )}
                  {canEdit && (
                    <MenuItem icon={Pencil} hotkey="e" isDisabled={profile.frozen} onAction={() => setEditing(true)}>
                      {t("profile.edit")}
                    </MenuItem>
                  )}
                  {canReview && approval !== "approved" && (
                    <MenuItem icon={Check} hotkey="a" onAction={approve}>
                      {t("review.approve")}
                    </MenuItem>
                  )}
                  {canReview && approval !== "rejected" && (
                    <MenuItem icon={X} hotkey="r" tone="bad" onAction={() => ask("reject")}>
                      {t("review.reject")}
                    </MenuItem>
                  )}
                  {canReview && (approval !== "rejected" || profile.user?.access) && (
                    <MenuItem icon={ShieldX} hotkey="Shift+R" tone="bad" onAction={() => ask("reject_and_revoke")}>
                      {t("profile.rejectAndRevoke")}
                    </MenuItem>
                  )}
                  {may("view_audit_log") && <MenuSeparator />}
                  {may("view_audit_log") && (
                    <MenuItem icon={History} hotkey="l" onAction={toggleAudit}>
                      {t("profile.viewAuditLog")}
                    </MenuItem>
                  )}
                </Menu>
              </>
            }
          />
          <Tabs
            className={styles.tabs ?? ""}
            selectedKey={tab}
            onSelectionChange={(key) => go(key === "profile" ? {} : { tab: key as ProfileTab })}
          >
            <TabList className={styles.tabList ?? ""} aria-label={t("profile.tabs")}>
              <Tab id="profile" className={styles.tab ?? ""}>
                {t("profile.tab.profile")}
              </Tab>
              <Tab id="notes" className={styles.tab ?? ""}>
                {t("profile.tab.notes")}
                <span className={styles.tabCount}>{count(profile.notes)}</span>
              </Tab>
            </TabList>
            <TabPanel id="profile" className={styles.panel ?? ""}>
              {profile.frozen && <FrozenNote />}
              <SourceLine profile={profile} />
              <FieldGroups kind="contact" fields={fields} values={profile.values} omit={SAID} layout="columns" />
              {profile.user && <AccountSection user={profile.user} />}
            </TabPanel>
            <TabPanel id="notes" className={styles.panel ?? ""}>
              <Notes contact={profile.id} canEdit={canEdit} writing={writing} />
            </TabPanel>
          </Tabs>
        </div>
      </Scrollable>
      {search.audit && may("view_audit_log") && (
        <AuditPanel kind="contact" id={profile.id} name={profile.name} onClose={() => go(withTab)} />
      )}
      {editing && <EditContact profile={profile} onClose={() => setEditing(false)} />}
      {review.dialog}
    </div>
  );
}
