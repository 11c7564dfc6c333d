import { Link } from "@tanstack/react-router";
import { PenLine } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import text from "~/kit/layout/Text.module.css";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { createdIn } from "~/records/touched.ts";
import { useMay } from "~/session/session.ts";
import { NoInvitation } from "../invitations/NoInvitation.tsx";
import { useInvitationSettings } from "../invitations/queries.ts";
import { useWizard, type Wizard } from "./wizard.ts";

const OutreachDialog = lazy(() => import("../mail/OutreachDialog.tsx"));

/** What email goes to the people who were added, or why none does. */
export function MailNote({ done }: { done: NonNullable<Wizard["done"]> }) {
  const { t } = useTranslation();
  const { welcome } = useWizard();
  const settings = useInvitationSettings();
  if (done.kind !== "student") return <p className={text.quietLong}>{t("import.done.mail.contacts")}</p>;
  if (!settings.data) return null;
  const { mail_set_up, portal } = settings.data;
  if (done.invited > 0)
    return (
      <p className={text.quietLong}>
        {t(mail_set_up ? "import.done.mail.queued" : "import.done.mail.waits", { count: done.invited })}{" "}
        <Link to="/settings/mail/outbox">{t("import.done.mail.outbox")}</Link>
      </p>
    );
  if (portal === "") return <NoInvitation added />;
  return <p className={text.quietLong}>{t(welcome ? "import.done.mail.none" : "import.done.mail.declined")}</p>;
}

/** Writing to the contacts that were added, and to no others. */
export function WriteToNew({ done }: { done: NonNullable<Wizard["done"]> }) {
  const { t } = useTranslation();
  const may = useMay();
  const [request, setRequest] = useState<Pick<BulkTarget, "kind" | "selection" | "count" | "done"> | null>(null);
  const { operation } = done;
  if (operation === null || done.created === 0 || done.target !== "directory" || !may("send_mail")) return null;
  const write = async () => {
    try {
      const query = { kind: "contact" as const, search: "", filter: [createdIn(operation)], sort: [] };
      const { result, total } = await call(commands.listOpen(query));
      const selection = { by: "result" as const, result, except: [] };
      if (total > 0) setRequest({ kind: "contact", selection, count: total, done: () => {} });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <>
      <Button icon={PenLine} onPress={() => void write()}>
        {t("import.done.mail.write", { count: done.created })}
      </Button>
      {request && <OutreachDialog request={request} onClose={() => setRequest(null)} />}
    </>
  );
}
