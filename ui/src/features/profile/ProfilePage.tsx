import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ErrorState } from "~/components/States.tsx";
import { PageWaiting, RecordPage } from "../record/RecordPage.tsx";
import { usePageTitle } from "../shell/title.ts";
import { CONTACT_ACTIONS } from "./actions.ts";
import { ContactHeader } from "./ContactHeader.tsx";
import { useContact } from "./queries.ts";
import { CONTACT_TABS } from "./tabs.ts";

/** Everything about one contact. */
export function ProfilePage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: "/contacts/$id" });
  const contact = useContact(id);
  usePageTitle(contact.data?.name);
  if (contact.error) return <ErrorState error={contact.error} onRetry={() => void contact.refetch()} />;
  const profile = contact.data;
  if (!profile) return <PageWaiting />;
  return (
    <RecordPage
      key={id}
      kind="contact"
      record={profile}
      tabs={CONTACT_TABS}
      actions={CONTACT_ACTIONS}
      header={(actions) => <ContactHeader profile={profile} level="page" actions={actions} />}
      keyGroup={t("profile.title")}
    />
  );
}
