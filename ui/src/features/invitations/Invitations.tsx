import { useNavigate } from "@tanstack/react-router";
import { Link2, MailPlus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordKind, SortKey } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { RecordList } from "~/records/list/RecordList.tsx";
import { useOpenRecord } from "~/records/pages.tsx";
import type { ListRow } from "~/records/query/useResultSet.ts";
import { useMay } from "~/session/session.ts";

const PortalDialog = lazy(() => import("./PortalDialog.tsx"));

const SHOWN = ["name", "student", "contact", "type", "sent_at", "author", "expires_at", "used_at"];
const WIDTHS = { name: 260, student: 180, contact: 180, type: 130, sent_at: 140, author: 150, expires_at: 140 };
const WITHOUT = ["address", "created_at"];
const NEWEST: SortKey[] = [{ field: "sent_at", descending: true }];

/** Every invitation and reminder that went out (B8), the newest first. */
export function Invitations() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const openRecord = useOpenRecord();
  const [asking, setAsking] = useState(false);
  const open = ({ cells }: ListRow) => {
    const of = (["student", "contact"] as const).find((kind) => typeof cells[kind]?.value === "string");
    if (of) openRecord(of satisfies RecordKind, String(cells[of]?.value));
  };
  return (
    <>
      <RecordList
        kind="invitation"
        words="invitations"
        shown={SHOWN}
        widths={WIDTHS}
        without={WITHOUT}
        sort={NEWEST}
        icon={MailPlus}
        onOpen={open}
        tools={() =>
          may("manage_settings") && (
            <Button variant="quiet" icon={Link2} onPress={() => setAsking(true)}>
              {t("invitations.portal.act")}
            </Button>
          )
        }
        start={{
          action: (
            <Button onPress={() => void navigate({ to: "/students", search: {} })}>{t("invitations.toUsers")}</Button>
          ),
        }}
      />
      <Suspense>{asking && <PortalDialog onClose={() => setAsking(false)} />}</Suspense>
    </>
  );
}
