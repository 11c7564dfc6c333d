import { useQueryClient } from "@tanstack/react-query";
import { ClockAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { call, commands } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Notice } from "~/kit/components/Notice.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { dateTime } from "~/kit/i18n/words.ts";
import { appStateQuery, useAppState } from "~/session/session.ts";

/** Above every screen while the computer's clock stands where it can hardly be right: it is asked about, not believed. */
export function ClockNotice() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { clock } = useAppState();
  if (clock === null) return null;
  const answer = async (asked: Promise<unknown>, done: string) => {
    try {
      // Null where nothing is in doubt any more.
      const left = await asked;
      await client.invalidateQueries({ queryKey: appStateQuery.queryKey });
      toast(left === null ? done : t("shell.clock.still"));
    } catch (error) {
      toastError(error);
    }
  };
  const accept = () => void answer(call(commands.clockAccept()), t("shell.clock.accepted"));
  const check = () => void answer(call(commands.clockCheck()), t("shell.clock.corrected"));
  return (
    <Notice
      icon={ClockAlert}
      acts={
        <>
          <Button size="small" onPress={check}>
            {t("shell.clock.check")}
          </Button>
          <Button size="small" onPress={accept}>
            {t("shell.clock.accept")}
          </Button>
        </>
      }
    >
      {t("shell.clock.says", { now: dateTime(clock.now) })}{" "}
      {clock.last !== null && t("shell.clock.last", { last: dateTime(clock.last) })} {t("shell.clock.meanwhile")}
    </Notice>
  );
}
