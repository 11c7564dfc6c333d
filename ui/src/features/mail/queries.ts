import { queryOptions, useQuery } from "@tanstack/react-query";
import { call, commands, type MailDraft } from "~/ipc";
import { useMay } from "~/session/session.ts";

/** How this computer sends mail. */
export const mailSettingsQuery = queryOptions({
  queryKey: ["mail", "settings"],
  queryFn: () => call(commands.mailSettings()),
});

/** The templates, with what ships with the product. */
export const templatesQuery = queryOptions({
  queryKey: ["mail", "templates"],
  queryFn: () => call(commands.mailTemplates()),
});

/** How sending goes; nothing for who may not send. */
export function useMailStatus() {
  const may = useMay()("send_mail");
  return useQuery({ queryKey: ["mail", "status"], queryFn: () => call(commands.mailStatus()), enabled: may }).data;
}

/** Whether there is something to show of a draft at all. */
export function isWritten({ subject, text }: MailDraft): boolean {
  return subject.trim() !== "" && text.trim() !== "";
}
