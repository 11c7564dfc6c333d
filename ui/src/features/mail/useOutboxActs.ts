import { useTranslation } from "react-i18next";
import { call, commands, type Id, type MailRecipient, type OutboxDecision, type OutboxRow } from "~/ipc";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { useAnnounce } from "~/session/undo.ts";

/** What can be done with messages in the outbox; each says what came of it. */
export function useOutboxActs() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const saying = async (act: () => Promise<string | null>) => {
    try {
      const words = await act();
      if (words !== null) toast(words);
      return true;
    } catch (error) {
      toastError(error);
      return false;
    }
  };
  return {
    retry: (ids: Id[]) =>
      saying(async () => t("mail.outbox.retried", { count: await call(commands.outboxRetry(ids)) })),
    sendNow: (ids: Id[]) =>
      saying(async () => t("mail.outbox.sendingNow", { count: await call(commands.outboxRetry(ids)) })),
    cancel: (ids: Id[]) =>
      saying(async () => t("mail.outbox.cancelled", { count: await call(commands.outboxCancel(ids)) })),
    cancelMailing: (mailing: Id) =>
      saying(async () => t("mail.outbox.cancelled", { count: await call(commands.outboxCancelMailing(mailing)) })),
    tryNow: () =>
      saying(async () => {
        await call(commands.mailTryNow());
        return t("mail.outbox.trying");
      }),
    decide: ({ id, name, address }: OutboxRow, decision: OutboxDecision) =>
      saying(async () => {
        await call(commands.outboxDecide(id, decision));
        return t(`mail.outbox.unclear.decided.${decision}`, { name: name || address });
      }),
    open: ({ id, name, address }: { id: Id; name: string; address: string }) =>
      saying(async () => {
        const { mailto } = await call(commands.outboxWays(id));
        // Too long for an address that every system passes on: a file is the way.
        if (mailto === null) {
          const path = await call(commands.outboxSave(id));
          return path === null ? null : t("mail.outbox.savedFile", { path });
        }
        await call(commands.outboxOpen(id));
        return t("mail.outbox.opened", { name: name || address });
      }),
    save: (id: Id) =>
      saying(async () => {
        const path = await call(commands.outboxSave(id));
        return path === null ? null : t("mail.outbox.savedFile", { path });
      }),
    /** Somebody answered that they want no more email, or want it again. */
    silence: async (to: MailRecipient, name: string, on: boolean) => {
      try {
        const done = await call(commands.mailUnsubscribed(to, on));
        const words = done.operation === null ? "already" : on ? "marked" : "cleared";
        const again = t(on ? "mail.doNotEmail.unset" : "mail.doNotEmail.setAgain", { name });
        announce(done.operation, t(`mail.doNotEmail.${words}`, { name }), again);
      } catch (error) {
        toastError(error);
      }
    },
    bounced: async ({ id, name, address }: OutboxRow) => {
      try {
        const done = await call(commands.outboxBounced(id));
        announce(done.operation, t("mail.outbox.cameDone", { name: name || address }));
      } catch (error) {
        toastError(error);
      }
    },
  };
}
