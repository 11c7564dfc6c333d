import { useTranslation } from "react-i18next";
import { call, commands, type Permission, type StaffRoleRow } from "~/ipc";
import { useAnnounce } from "~/session/undo.ts";
import { roleEdits } from "../roles/edits.ts";
import { RoleForm } from "../roles/RoleForm.tsx";
import { roleName, STAFF_ROLES } from "./kind.ts";
import { StaffRoleImpact } from "./StaffRoleImpact.tsx";

export type StaffRoleRequest = { what: "new" } | { what: "duplicate" | "edit" | "view"; role: StaffRoleRow };

/** A staff role of one's own; the built-in ones can be read and duplicated. */
export default function StaffRoleDialog({ request, onClose }: { request: StaffRoleRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const role = request.what === "new" ? null : request.role;
  const isNew = request.what === "new" || request.what === "duplicate";
  const known = role === null ? "" : roleName(role);
  const draft = {
    name: request.what === "duplicate" ? t("staff.roles.copyOf", { name: known }) : known,
    description: role?.description ?? "",
    permissions: role?.permissions ?? ([] as Permission[]),
  };
  const readOnly =
    request.what !== "view" ? undefined : role?.built_in ? t("staff.roles.cannotEdit") : role?.description;
  return (
    <RoleForm
      kind={STAFF_ROLES}
      title={isNew ? t("staff.roles.new") : request.what === "view" ? known : t("roles.editTitle", { name: known })}
      act={isNew ? t("roles.create") : t("common.save")}
      draft={draft}
      description={t("staff.roles.description")}
      impact={
        request.what === "edit" && request.role.id !== null
          ? (permissions) => <StaffRoleImpact role={request.role.id ?? ""} permissions={permissions} />
          : undefined
      }
      readOnly={readOnly}
      save={async ({ name, description, permissions }) => {
        if (isNew) {
          const created = await call(commands.staffRoleCreate({ name, description, permissions }));
          announce(created.operation, t("roles.created", { name }), t("shell.undo.trashed", { name }));
          return;
        }
        if (role === null || role.id === null) return;
        const edits = roleEdits(role, { name, permissions });
        if (role.description !== description)
          edits.push({ field: "description", before: role.description || null, after: description || null });
        const done = edits.length > 0 ? await call(commands.staffRoleEdit(role.id, edits)) : null;
        announce(
          done?.operation ?? null,
          t(done?.operation ? "roles.saved" : "roles.unchanged", { name }),
          t("shell.undo.changes", { what: known }),
        );
      }}
      onClose={onClose}
    />
  );
}
