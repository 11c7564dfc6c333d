import { useTranslation } from "react-i18next";
import { call, commands, type Id, type PortalPermission, type RoleInfo } from "~/ipc";
import { useAnnounce } from "~/session/undo.ts";
import { roleEdits } from "./edits.ts";
import { PORTAL_ROLES } from "./kind.ts";
import { RoleForm } from "./RoleForm.tsx";
import { RoleImpact } from "./RoleImpact.tsx";

export type RoleRequest =
  | { what: "new" }
  | { what: "duplicate"; role: RoleInfo }
  | { what: "edit"; role: RoleInfo }
  | { what: "view"; role: RoleInfo };

/** "Add New User Role", and editing, duplicating and viewing one (M30). */
export default function RoleDialog({
  request,
  onClose,
  onCreated,
}: {
  request: RoleRequest;
  onClose: () => void;
  onCreated?: (id: Id) => void;
}) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const role = request.what === "new" ? null : request.role;
  const isNew = request.what === "new" || request.what === "duplicate";
  const draft = {
    name: role === null ? "" : request.what === "duplicate" ? t("roles.copyOf", { name: role.name }) : role.name,
    description: "",
    permissions: role?.permissions ?? ([] as PortalPermission[]),
  };
  return (
    <RoleForm
      kind={PORTAL_ROLES}
      title={isNew ? t("roles.new") : request.what === "view" ? draft.name : t("roles.editTitle", { name: draft.name })}
      act={isNew ? t("roles.create") : t("common.save")}
      draft={draft}
      nameStays={request.what === "edit" && role?.is_default ? t("roles.nameStays") : undefined}
      impact={request.what === "edit" ? (next) => <RoleImpact role={request.role.id} permissions={next} /> : undefined}
      readOnly={request.what === "view" ? t("roles.users", { count: role?.users ?? 0 }) : undefined}
      save={async ({ name, permissions }) => {
        if (isNew) {
          const created = await call(commands.roleCreate({ name, permissions }));
          announce(created.operation, t("roles.created", { name }), t("shell.undo.trashed", { name }));
          onCreated?.(created.id);
          return;
        }
        if (role === null) return;
        const edits = roleEdits(role, { name, permissions });
        const done = edits.length > 0 ? await call(commands.roleEdit(role.id, edits)) : null;
        announce(
          done?.operation ?? null,
          t(done?.operation ? "roles.saved" : "roles.unchanged", { name }),
          t("shell.undo.changes", { what: role.name }),
        );
      }}
      onClose={onClose}
    />
  );
}
