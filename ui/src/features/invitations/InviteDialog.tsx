import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type InvitationsPreview, type LeftOutPeople, type Sending } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { count, dateTime } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useMay } from "~/session/session.ts";
import { MessagePreview } from "../mail/MessagePreview.tsx";
import styles from "./Invitations.module.css";
import { useSend } from "./useSend.ts";

const PortalDialog = lazy(() => import("./PortalDialog.tsx"));

type Props = { target: BulkTarget; sending: Sending; onClose: () => void };

/** Says who would get an invitation or a reminder, who would not and why, and what they would read. */
export default function InviteDialog({ target, sending, onClose }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const send = useSend();
  const [asking, setAsking] = useState(false);
  const { kind, selection, name } = target;
  const words = sending === "reminder" ? "invitations.remind" : "invitations.invite";
  const preview = useQuery({
    queryKey: ["invitations", "preview", kind, selection, sending],
    queryFn: () => call(commands.invitationsPreview(kind, selection, sending)),
    meta: { tags: ["institution", "mail"] },
    gcTime: 0,
    retry: false,
  });
  const noPortal = preview.error !== null && isNoPortal(preview.error);
  const recipients = preview.data?.recipients ?? 0;
  const act = () => {
    onClose();
    void send(kind, selection, sending, (sent) => t(`${words}.done`, { count: sent })).then(
      (done) => done && target.done(),
    );
  };
  return (
    <ActDialog
      title={name === null ? t(`${words}.title`) : t(`${words}.titleOne`, { name })}
      onClose={onClose}
      size="medium"
      act={t(`${words}.confirm`, { count: recipients })}
      isDisabled={recipients === 0}
      onAct={act}
      onKey={act}
      {...(noPortal &&
        may("manage_settings") && {
          instead: (
            <Button variant="primary" onPress={() => setAsking(true)}>
              {t("invitations.portal.set")}
            </Button>
          ),
        })}
    >
      {noPortal ? (
        <p>{t("invitations.portal.missing")}</p>
      ) : preview.error ? (
        <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
      ) : preview.data ? (
        <Said preview={preview.data} />
      ) : (
        <Skeleton lines={6} />
      )}
      <Suspense>{asking && <PortalDialog onClose={() => setAsking(false)} />}</Suspense>
    </ActDialog>
  );
}

function isNoPortal(thrown: unknown): boolean {
  const error = commandError(thrown);
  return error.code === "validation" && error.fields.some(({ field }) => field === "portal");
}

function Said({ preview }: { preview: InvitationsPreview }) {
  const { t } = useTranslation();
  const { recipients, left_out: leftOut, first, mail_set_up: mail } = preview;
  const left = leftOut.reduce((sum, group) => sum + group.count, 0);
  return (
    <div className={styles.ask}>
      <div>
        <p className={styles.lead}>
          {recipients === 0 ? t("invitations.preview.none") : t("invitations.preview.some", { count: recipients })}
        </p>
        {recipients > 0 && (
          <p className={styles.quiet}>{t(mail ? "invitations.preview.undo" : "invitations.preview.noMail")}</p>
        )}
      </div>
      {left > 0 && (
        <section>
          <h3 className={styles.heading}>{t("invitations.preview.leftOut", { count: left })}</h3>
          <ul className={stack.smallBy4}>
            {leftOut.map((group) => (
              <Reason key={group.reason} group={group} />
            ))}
          </ul>
        </section>
      )}
      {first && (
        <section>
          <h3 className={styles.heading}>{t("invitations.preview.first", { to: first.to })}</h3>
          <div className={styles.letter}>
            <MessagePreview preview={first} />
          </div>
        </section>
      )}
    </div>
  );
}

function Reason({ group: { reason, count: many, people, due_at: due } }: { group: LeftOutPeople }) {
  const { t } = useTranslation();
  const shown = people.slice(0, 5).map(({ name }) => name);
  if (many > shown.length) shown.push(t("invitations.preview.others", { count: many - shown.length }));
  return (
    <li className={styles.reason}>
      <span className={styles.reasonCount}>{count(many)}</span>
      <span>
        {[
          t(`invitations.reason.${reason}`),
          due === null ? null : t("invitations.preview.firstDue", { count: many, when: dateTime(due) }),
        ]
          .filter((part) => part !== null)
          .join("; ")}
        <span className={styles.names}>{shown.join(", ")}</span>
      </span>
    </li>
  );
}
