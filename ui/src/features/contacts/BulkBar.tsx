import { Check, Ellipsis, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "~/components/Button.tsx";
import { Menu, MenuItem } from "~/components/Menu.tsx";
import type { Condition } from "~/ipc";
import styles from "../record/List.module.css";
import type { ReviewKind } from "../review/words.ts";
import { useMay } from "../shell/session.ts";

type Props = {
  count: number;
  total: number;
  filter: Condition[];
  onSelectAll: () => void;
  onClear: () => void;
  onReview: (action: ReviewKind) => void;
};

/** Approvals a list may hold: without a condition the directory holds approved contacts only. */
export function approvalsIn(filter: Condition[]): string[] {
  let held = ["pending", "approved", "rejected"];
  const conditions = filter.filter((condition) => condition.field === "approval");
  if (conditions.length === 0) return ["approved"];
  for (const { op, values } of conditions) {
    if (op === "is") held = held.filter((approval) => values.includes(approval));
    if (op === "is_not") held = held.filter((approval) => !values.includes(approval));
  }
  return held;
}

/** What can be done with the selected contacts, from below. */
export function BulkBar({ count, total, filter, onSelectAll, onClear, onReview }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  if (count === 0) return null;
  const held = approvalsIn(filter);
  const canApprove = held.some((approval) => approval !== "approved");
  const canReject = held.some((approval) => approval !== "rejected");
  return (
    <div className={styles.bulk} role="toolbar" aria-label={t("contacts.bulk.label")}>
      <span className={styles.bulkCount} role="status">
        {t("contacts.bulk.selected", { count })}
      </span>
      {count < total && (
        <Button variant="quiet" size="small" hotkey="Ctrl+A" onPress={onSelectAll}>
          {t("contacts.bulk.all", { count: total })}
        </Button>
      )}
      {may("review_contacts") && canApprove && (
        <Button variant="quiet" size="small" icon={Check} onPress={() => onReview("approve")}>
          {t("review.approve")}
        </Button>
      )}
      {may("review_contacts") && canReject && (
        <Button variant="quiet" size="small" icon={X} onPress={() => onReview("reject")}>
          {t("review.reject")}
        </Button>
      )}
      {may("review_contacts") && (
        <Menu
          label={t("common.more")}
          trigger={<IconButton label={t("common.more")} icon={Ellipsis} size="small" />}
          placement="top end"
        >
          {canApprove && <MenuItem onAction={() => onReview("approve")}>{t("review.approve")}</MenuItem>}
          {canApprove && (
            <MenuItem onAction={() => onReview("approve_and_assign")}>{t("review.approve_and_assign")}</MenuItem>
          )}
          {canReject && <MenuItem onAction={() => onReview("reject")}>{t("review.reject")}</MenuItem>}
          <MenuItem onAction={() => onReview("reject_and_revoke")}>{t("review.reject_and_revoke")}</MenuItem>
        </Menu>
      )}
      <IconButton label={t("contacts.bulk.clear")} icon={X} size="small" hotkey="Escape" onPress={onClear} />
    </div>
  );
}
