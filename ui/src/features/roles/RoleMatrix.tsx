import { useQuery } from "@tanstack/react-query";
import { Check, Minus } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { Skeleton } from "~/kit/components/States.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import type { RoleKind } from "./RoleForm.tsx";
import styles from "./RoleTable.module.css";

type Column<P extends string> = { key: string; permissions: readonly P[]; head: ReactNode };

type Props<P extends string> = {
  kind: RoleKind<P>;
  label: string;
  columns: readonly Column<P>[];
  /** The role that is shown beside it. */
  current?: string | null;
  /** The role that the others are compared with. */
  usual?: { key: string; name: string } | undefined;
};

/** How much of the table's width the roles have together, in percent. */
const ROLES_ROOM = 76;

/** Roles side by side: what each permits, and in bold where it differs from the one they are compared with. */
export function RoleMatrix<P extends string>({ kind, label, columns, current = null, usual }: Props<P>) {
  const { t } = useTranslation();
  const entries = useQuery({
    queryKey: [kind.tag, "permissions"],
    queryFn: kind.permissions,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!entries.data) return <Skeleton lines={8} />;
  const compared = columns.find(({ key }) => key === usual?.key)?.permissions;
  const groups = [...new Set(entries.data.map(({ group }) => group))];
  return (
    <Scrollable label={label} className={styles.frame}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              {t("roles.permission")}
            </th>
            {columns.map(({ key, head }) => (
              <th
                key={key}
                scope="col"
                data-current={key === current || undefined}
                // All roles have the same room, however much is said of one.
                style={{ width: `${ROLES_ROOM / columns.length}%` }}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Fragment key={group}>
              <tr>
                <th scope="rowgroup" colSpan={columns.length + 1} className={styles.group}>
                  <span>{kind.groupLabel(group)}</span>
                </th>
              </tr>
              {entries.data
                .filter((entry) => entry.group === group)
                .map(({ permission }) => (
                  <tr key={permission}>
                    <th scope="row" title={kind.opens(permission)}>
                      {choiceLabel("permissions", permission)}
                    </th>
                    {columns.map(({ key, permissions }) => (
                      <Cell
                        key={key}
                        isOn={permissions.includes(permission)}
                        differsFrom={
                          compared && compared.includes(permission) !== permissions.includes(permission)
                            ? usual?.name
                            : undefined
                        }
                        isCurrent={key === current}
                      />
                    ))}
                  </tr>
                ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}

type CellProps = { isOn: boolean; differsFrom: string | undefined; isCurrent: boolean };

function Cell({ isOn, differsFrom, isCurrent }: CellProps) {
  const { t } = useTranslation();
  const differs = differsFrom !== undefined;
  const Icon = isOn ? Check : Minus;
  return (
    <td data-on={isOn || undefined} data-differs={differs || undefined} data-current={isCurrent || undefined}>
      <span className={styles.cell}>
        <Icon size={16} strokeWidth={differs ? 3 : 1.75} aria-hidden />
        <span>{t(isOn ? "roles.yes" : "roles.no")}</span>
        {differs && <span className="visually-hidden">{t("roles.differs", { name: differsFrom })}</span>}
      </span>
    </td>
  );
}
