import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MailDraft, MailTemplate } from "~/ipc";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { Select } from "~/kit/components/Select.tsx";
import text from "~/kit/layout/Text.module.css";
import { templatesQuery } from "./queries.ts";

/** A field that begins a message with a template; it asks before it takes the place of what was written. */
export function useTemplatePicker(
  draft: MailDraft,
  onDraft: (draft: MailDraft) => void,
): { picker: ReactNode; question: ReactNode; isUntouched: boolean } {
  const { t } = useTranslation();
  const templates = useQuery(templatesQuery);
  const [used, setUsed] = useState<MailTemplate | null>(null);
  const [wanted, setWanted] = useState<MailTemplate | null>(null);
  const choices = (templates.data ?? []).filter(({ id, purpose }) => id !== null && purpose === "outreach");
  const isUntouched = used === null ? draft.subject === "" && draft.text === "" : same(draft, used);
  const take = (template: MailTemplate) => {
    setUsed(template);
    setWanted(null);
    onDraft({ subject: template.subject, text: template.text });
  };
  return {
    isUntouched,
    picker:
      choices.length === 0 ? (
        templates.data && <p className={text.note}>{t("mail.write.noTemplates")}</p>
      ) : (
        <Select
          label={t("mail.write.template")}
          placeholder={t("mail.write.useTemplate")}
          choices={choices.map(({ id, name }) => ({ id: id ?? "", label: name }))}
          value={used?.id ?? null}
          onChange={(id) => {
            const template = choices.find((each) => each.id === id);
            if (!template) return;
            if (isUntouched) take(template);
            else setWanted(template);
          }}
        />
      ),
    question: (
      <ConfirmDialog
        title={t("mail.write.replaceTitle")}
        sentences={[t("mail.write.replace")]}
        act={t("mail.write.replaceAct")}
        isOpen={wanted !== null}
        onClose={() => setWanted(null)}
        onConfirm={() => wanted && take(wanted)}
      />
    ),
  };
}

function same(draft: MailDraft, template: MailTemplate): boolean {
  return draft.subject === template.subject && draft.text === template.text;
}
