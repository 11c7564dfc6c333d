import { useNavigate } from "@tanstack/react-router";
import { ContactRound } from "lucide-react";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { RecordList } from "~/records/list/RecordList.tsx";
import { useMay } from "~/session/session.ts";
import { ContactCard } from "../profile/ContactCard.tsx";
import { ViewAsTool } from "../viewing/ViewAsTool.tsx";
import { CONTACT_BULK } from "./bulk.ts";

const NewContact = lazy(() => import("./NewContact.tsx"));

const SHOWN = ["name", "title", "employer", "visibility", "access", "email", "work_phone", "labels"];

/** Whoever is in the directory is approved: it says something only beside others. */
const FILTERED = ["approval"];

/** The Contact Directory. */
export function Directory() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  return (
    <RecordList
      kind="contact"
      words="contacts"
      shown={SHOWN}
      shownFiltered={FILTERED}
      icon={ContactRound}
      bulk={CONTACT_BULK}
      peek={({ id, name }) => <ContactCard id={id} name={name} />}
      tools={() => <ViewAsTool />}
      form={(close) => <NewContact onClose={close} />}
      start={{
        action: may("import_contacts") && (
          <Button variant="primary" onPress={() => void navigate({ to: "/import" })}>
            {t("contacts.empty.import")}
          </Button>
        ),
      }}
    />
  );
}
