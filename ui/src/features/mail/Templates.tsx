import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { GridList, GridListItem } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { MailTemplate } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import frame from "~/kit/layout/Frame.module.css";
import { useMay } from "~/session/session.ts";
import { MailTabs } from "./MailTabs.tsx";
import { templatesQuery } from "./queries.ts";
import { TemplateEditor } from "./TemplateEditor.tsx";
import styles from "./Templates.module.css";
import { purposeText } from "./words.ts";

/** In the address, and in the list: the record, or the purpose of what ships with the product. */
const keyOf = (template: MailTemplate) => template.id ?? template.purpose;
const NEW = "new";

/** Site Management › Mail › Templates. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/settings/mail/templates" });
  const canManage = useMay()("manage_settings");
  const templates = useQuery(templatesQuery);
  const [isDirty, setDirty] = useState(false);
  const all = templates.data ?? [];
  const blank: MailTemplate = { id: null, name: "", purpose: "outreach", subject: "", text: "" };
  const isNew = search.template === NEW && canManage;
  const shown = isNew ? blank : (all.find((template) => keyOf(template) === search.template) ?? all[0]);
  const open = (template: string) =>
    void navigate({ to: "/settings/mail/templates", search: { template }, replace: true });
  const nameOf = (template: MailTemplate) =>
    template.id === null
      ? t(`mail.templates.standardName.${template.purpose as "welcome"}`)
      : template.name || t("common.unnamed");

  return (
    <div className={frame.fill}>
      <MailTabs />
      {templates.error ? (
        <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />
      ) : !templates.data ? (
        <div className={styles.waiting}>
          <Skeleton lines={8} />
        </div>
      ) : (
        <div className={frame.split}>
          <div className={styles.side}>
            {canManage && (
              <Button icon={Plus} onPress={() => open(NEW)} isDisabled={isDirty}>
                {t("mail.templates.new")}
              </Button>
            )}
            <Scrollable label={t("mail.templates.list")} className={`${frame.scroll} ${styles.scroll}`}>
              <GridList
                aria-label={t("mail.templates.list")}
                className={styles.list ?? ""}
                selectionMode="single"
                selectionBehavior="replace"
                disallowEmptySelection
                selectedKeys={isNew || !shown ? [] : [keyOf(shown)]}
                disabledKeys={isDirty ? all.map(keyOf) : []}
                onSelectionChange={(keys) => {
                  const [key] = [...keys];
                  if (key !== undefined) open(String(key));
                }}
              >
                {all.map((template) => (
                  <GridListItem
                    key={keyOf(template)}
                    id={keyOf(template)}
                    textValue={nameOf(template)}
                    className={styles.item ?? ""}
                  >
                    <span className={styles.itemName}>{nameOf(template)}</span>
                    <span className={styles.itemFacts}>
                      {template.id === null ? (
                        <span>{t("mail.templates.standard")}</span>
                      ) : (
                        <Chip>{purposeText(template.purpose)}</Chip>
                      )}
                    </span>
                  </GridListItem>
                ))}
              </GridList>
              {all.every(({ purpose }) => purpose !== "outreach") && (
                <p className={styles.note}>{t("mail.templates.none")}</p>
              )}
            </Scrollable>
            {isDirty && <p className={styles.note}>{t("mail.templates.unsaved")}</p>}
          </div>
          {shown && (
            <TemplateEditor
              // Another template, or this one as somebody saved it, begins the form anew.
              key={isNew ? NEW : JSON.stringify(shown)}
              template={shown}
              isNew={isNew}
              canManage={canManage}
              onDirty={setDirty}
              onOpen={open}
            />
          )}
        </div>
      )}
    </div>
  );
}
