import { useBlocker } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/components/Dialog.tsx";

/** Asks before a page with something typed in it is left for another; for forms that are pages. Show what it returns. */
export function useLeaving(isDirty: boolean): ReactNode {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    // What moves within the page, a tab or an open entry, keeps what was typed or is the page's own business.
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: false,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      title={t("record.form.discardTitle")}
      sentences={[t("record.form.discard")]}
      act={t("record.form.discardAct")}
      cancel={t("record.form.keep")}
      destructive
      isOpen={status === "blocked"}
      onClose={() => reset?.()}
      onConfirm={() => proceed?.()}
    />
  );
}
