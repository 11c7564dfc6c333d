import { Link, useNavigate } from "@tanstack/react-router";
import { Ellipsis, FolderOpen, PencilLine, Plus, Trash2, Users } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { UserGroup } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { EmptyState, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import frame from "~/kit/layout/Frame.module.css";
import rows from "~/kit/layout/Rows.module.css";
import stack from "~/kit/layout/Stack.module.css";
import text from "~/kit/layout/Text.module.css";
import { useMay } from "~/session/session.ts";
import { useGroups } from "./queries.ts";
import styles from "./Students.module.css";

const NewRecord = lazy(() => import("./NewGroup.tsx"));
const EditRecord = lazy(() => import("~/records/forms/EditRecord.tsx"));
const DeleteGroup = lazy(() => import("./DeleteGroup.tsx"));

type Asked = { what: "new" } | { what: "edit" | "delete"; group: UserGroup };

/** The groups students and alumni are in (M33). */
export function Groups() {
  const { t } = useTranslation();
  const canManage = useMay()("manage_users");
  const groups = useGroups();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  useHotkeys(t("groups.title"), [
    { keys: "n", label: t("groups.new"), run: () => setAsked({ what: "new" }), enabled: canManage },
  ]);
  const add = canManage && (
    <Button icon={Plus} hotkey="n" onPress={() => setAsked({ what: "new" })}>
      {t("groups.new")}
    </Button>
  );
  if (groups.error) return <ErrorState error={groups.error} onRetry={() => void groups.refetch()} />;
  return (
    <Scrollable label={t("groups.title")} className={frame.scroll}>
      <div className={rows.column}>
        <section aria-label={t("groups.list")}>
          <header className={rows.header}>
            <p className={text.lead}>{t("groups.lead")}</p>
            {groups.data && groups.data.length > 0 && add}
          </header>
          {groups.isPending && <Skeleton lines={4} />}
          {groups.data?.length === 0 && (
            <EmptyState icon={FolderOpen} action={add}>
              {t("groups.empty.none")}
            </EmptyState>
          )}
          {groups.data && groups.data.length > 0 && (
            <ul className={rows.list}>
              {groups.data.map((group) => (
                <GroupLine
                  key={group.id}
                  group={group}
                  canManage={canManage}
                  onEdit={() => setAsked({ what: "edit", group })}
                  onDelete={() => setAsked({ what: "delete", group })}
                />
              ))}
            </ul>
          )}
        </section>
      </div>
      <Suspense>
        {asked?.what === "new" && <NewRecord onClose={close} />}
        {asked?.what === "edit" && (
          <EditRecord
            kind="user_group"
            record={{
              id: asked.group.id,
              name: asked.group.name,
              values: { name: asked.group.name, description: asked.group.description || null },
            }}
            onClose={close}
          />
        )}
        {asked?.what === "delete" && (
          <DeleteGroup
            group={asked.group}
            others={groups.data?.filter(({ id }) => id !== asked.group.id) ?? []}
            onClose={close}
          />
        )}
      </Suspense>
    </Scrollable>
  );
}

const ACTIVE = { field: "status", op: "is" as const, values: ["active"] };

type LineProps = { group: UserGroup; canManage: boolean; onEdit: () => void; onDelete: () => void };

function GroupLine({ group, canManage, onEdit, onDelete }: LineProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id, name, description, members, active } = group;
  const filter = [{ field: "user_group", op: "is" as const, values: [id] }];
  const label = t("groups.actions", { name });
  return (
    <li className={rows.row}>
      <span className={stack.words}>
        {members > 0 ? (
          <Link className={`${rows.name} ${styles.groupLink}`} to="/students" search={{ filter }}>
            {name}
          </Link>
        ) : (
          <span className={rows.name}>{name}</span>
        )}
        {description && <span className={rows.note}>{description}</span>}
      </span>
      <span className={rows.count}>
        {members > 0 ? (
          <>
            <Link to="/students" search={{ filter }}>
              {t("groups.members", { count: members })}
              <span className="visually-hidden"> {t("groups.in", { name })}</span>
            </Link>
            {" · "}
            <Link to="/students" search={{ filter: [...filter, ACTIVE] }}>
              {t("groups.active", { count: active })}
              <span className="visually-hidden"> {t("groups.in", { name })}</span>
            </Link>
          </>
        ) : (
          t("groups.members", { count: 0 })
        )}
      </span>
      <Menu label={label} trigger={<IconButton label={label} icon={Ellipsis} size="small" />}>
        <MenuItem id="show" icon={Users} onAction={() => void navigate({ to: "/students", search: { filter } })}>
          {t("groups.show")}
        </MenuItem>
        {canManage && (
          <>
            <MenuItem id="edit" icon={PencilLine} onAction={onEdit}>
              {t("groups.edit")}
            </MenuItem>
            <MenuSeparator />
            <MenuItem id="delete" icon={Trash2} tone="bad" onAction={onDelete}>
              {t("groups.remove")}
            </MenuItem>
          </>
        )}
      </Menu>
    </li>
  );
}
