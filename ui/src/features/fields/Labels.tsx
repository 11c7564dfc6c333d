import { useQuery } from "@tanstack/react-query";
import { Ellipsis, PencilLine, Plus, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LabelInfo } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { Menu, MenuItem } from "~/kit/components/Menu.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import rows from "~/kit/layout/Rows.module.css";
import stack from "~/kit/layout/Stack.module.css";
import text from "~/kit/layout/Text.module.css";
import { countedLabels } from "~/records/fields/LabelChip.tsx";
import { useMay } from "~/session/session.ts";
import styles from "./Fields.module.css";
import { countedRecords } from "./useRenameLabel.ts";

const LabelDialog = lazy(() => import("./LabelDialog.tsx"));
const RemoveLabel = lazy(() => import("./RemoveLabel.tsx"));

/** Every label, defined or only used, with how many records have it. */
export function Labels() {
  const { t } = useTranslation();
  const canManage = useMay()("manage_fields");
  const { data, error, refetch } = useQuery(countedLabels);
  const [editing, setEditing] = useState<LabelInfo | "new" | null>(null);
  const [removing, setRemoving] = useState<LabelInfo | null>(null);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <section aria-labelledby="labels-title">
      <header className={rows.header}>
        <h2 id="labels-title" className={rows.title}>
          {t("labels.title")}
        </h2>
        {canManage && (
          <Button icon={Plus} onPress={() => setEditing("new")}>
            {t("labels.new")}
          </Button>
        )}
      </header>
      <p className={text.lead}>{t("labels.lead")}</p>
      {data === undefined && <Skeleton />}
      {data?.length === 0 && <p className={rows.note}>{t("labels.none")}</p>}
      {data !== undefined && data.length > 0 && (
        <ul className={rows.list}>
          {data.map((label) => (
            <li key={label.name} className={rows.row}>
              <span className={styles.labelChip}>
                <Chip tint={label.color ?? undefined}>{label.name}</Chip>
              </span>
              <span className={stack.words}>
                {label.description || !canManage ? (
                  <span className={rows.note}>{label.description}</span>
                ) : (
                  <Button
                    variant="quiet"
                    size="small"
                    aria-label={t("labels.describeOne", { name: label.name })}
                    onPress={() => setEditing(label)}
                  >
                    {t("labels.describe")}
                  </Button>
                )}
              </span>
              <span className={rows.count}>{countedRecords(label).join(" · ") || t("labels.unused")}</span>
              {canManage && (
                <Menu
                  label={t("attributes.actions", { name: label.name })}
                  trigger={
                    <IconButton label={t("attributes.actions", { name: label.name })} icon={Ellipsis} size="small" />
                  }
                >
                  <MenuItem id="edit" icon={PencilLine} onAction={() => setEditing(label)}>
                    {t("labels.edit")}
                  </MenuItem>
                  <MenuItem id="remove" icon={Trash2} tone="bad" onAction={() => setRemoving(label)}>
                    {t("labels.remove")}
                  </MenuItem>
                </Menu>
              )}
            </li>
          ))}
        </ul>
      )}
      <Suspense>
        {editing !== null && (
          <LabelDialog label={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
        )}
        {removing && <RemoveLabel label={removing} onClose={() => setRemoving(null)} />}
      </Suspense>
    </section>
  );
}
