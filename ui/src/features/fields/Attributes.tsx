import { useQuery } from "@tanstack/react-query";
import { ArchiveRestore, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AttributeInfo, CHOICES, call, commands, type Done } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import rows from "~/kit/layout/Rows.module.css";
import stack from "~/kit/layout/Stack.module.css";
import text from "~/kit/layout/Text.module.css";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { AttributeList } from "./AttributeList.tsx";
import { attributesQuery } from "./queries.ts";

const AttributeDialog = lazy(() => import("./AttributeDialog.tsx"));

/** Custom attributes, kind by kind, in the order forms show them. */
export function Attributes() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const canManage = useMay()("manage_fields");
  const { data, error, refetch } = useQuery(attributesQuery);
  const [editing, setEditing] = useState<AttributeInfo | "new" | null>(null);
  const [deleting, setDeleting] = useState<AttributeInfo | null>(null);

  /** Does something with an attribute and says so. */
  const act = async (change: ReturnType<typeof commands.attributeDelete>, words: string) => {
    try {
      const done: Done = await call(change);
      announce(done.operation, words);
    } catch (thrown) {
      toastError(thrown);
    }
  };
  const reorder = (ids: string[]) => void act(commands.attributesReorder(ids), t("attributes.reordered"));

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const live = data?.filter((each) => !each.deleted) ?? [];
  const trashed = data?.filter((each) => each.deleted) ?? [];
  return (
    <section aria-labelledby="attributes-title">
      <header className={rows.header}>
        <h2 id="attributes-title" className={rows.title}>
          {t("attributes.title")}
        </h2>
        {canManage && (
          <Button icon={Plus} onPress={() => setEditing("new")}>
            {t("attributes.new")}
          </Button>
        )}
      </header>
      <p className={text.lead}>{t("attributes.lead")}</p>
      {data === undefined && <Skeleton />}
      {CHOICES.attribute.records.map((kind) => {
        const members = live.filter((each) => each.records === kind);
        if (members.length === 0) return null;
        return (
          <div key={kind} className={rows.group}>
            <h3 className={rows.kind}>{t(`attributes.kind.${kind}`)}</h3>
            <AttributeList
              label={t(`attributes.kind.${kind}`)}
              attributes={members}
              canManage={canManage}
              onReorder={reorder}
              onEdit={setEditing}
              onDelete={setDeleting}
            />
          </div>
        );
      })}
      {trashed.length > 0 && (
        <div className={rows.group}>
          <h3 className={rows.kind}>{t("attributes.trash")}</h3>
          <ul className={rows.list}>
            {trashed.map((each) => (
              <li key={each.id} className={rows.row}>
                <span className={stack.words}>
                  <span className={rows.name}>{each.name}</span>
                  <span className={rows.note}>{t("attributes.kept", { count: each.filled })}</span>
                </span>
                {canManage && (
                  <Button
                    size="small"
                    icon={ArchiveRestore}
                    onPress={() =>
                      void act(commands.attributeRestore(each.id), t("attributes.restored", { name: each.name }))
                    }
                  >
                    {t("attributes.restore")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Suspense>
        {editing !== null && (
          <AttributeDialog attribute={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
        )}
      </Suspense>
      {deleting && (
        <ConfirmDialog
          title={t("attributes.delete.title", { name: deleting.name })}
          sentences={[
            t("attributes.delete.gone", { name: deleting.name }),
            t("attributes.delete.kept", { count: deleting.filled }),
          ]}
          act={t("attributes.delete.act")}
          destructive
          isOpen
          onClose={() => setDeleting(null)}
          onConfirm={() => {
            setDeleting(null);
            void act(commands.attributeDelete(deleting.id), t("attributes.deleted", { name: deleting.name }));
          }}
        />
      )}
    </section>
  );
}
