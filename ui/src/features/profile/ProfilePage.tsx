import { Navigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ErrorState } from "~/kit/components/States.tsx";
import { usePageTitle } from "~/kit/pages/title.ts";
import { PageWaiting, RecordPage } from "~/records/page/RecordPage.tsx";
import { useContact } from "~/records/profiles.ts";
import { ConflictsNote } from "../sync/ConflictsNote.tsx";
import { TrashBanner } from "../trash/TrashBanner.tsx";
import { CONTACT_ACTIONS, TRASHED_CONTACT_ACTIONS } from "./actions.ts";
import { ContactHeader } from "./ContactHeader.tsx";
import { CONTACT_TABS, TRASHED_CONTACT_TABS } from "./tabs.ts";

/** Everything about one contact. */
export function ProfilePage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: "/contacts/$id" });
  const contact = useContact(id);
  usePageTitle(contact.data?.name);
  if (contact.error) return <ErrorState error={contact.error} onRetry={() => void contact.refetch()} />;
  const profile = contact.data;
  if (!profile) return <PageWaiting />;
  const { deleted } = profile;
  // An old link to a contact that was merged leads on to the one it is now.
  if (profile.id !== id) return <Navigate to="/contacts/$id" params={{ id: profile.id }} search={{}} replace />;
  return (
    <RecordPage
      // In the trash it is another page, with other actions.
      key={deleted ? `${id} in the trash` : id}
      kind="contact"
      record={profile}
      tabs={deleted ? TRASHED_CONTACT_TABS : CONTACT_TABS}
      actions={deleted ? TRASHED_CONTACT_ACTIONS : CONTACT_ACTIONS}
      header={(actions) => (
        <>
          <ContactHeader profile={profile} level="page" actions={actions} />
          {deleted ? <TrashBanner kind="contact" id={id} /> : <ConflictsNote kind="contact" id={id} />}
        </>
      )}
      keyGroup={t("profile.title")}
    />
  );
}
