import { Ellipsis } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { KeyAct, KeyBar, KeyHint } from "~/kit/components/KeyBar.tsx";
import { Keys } from "~/kit/components/Keys.tsx";
import { Menu, MenuItem } from "~/kit/components/Menu.tsx";
import text from "~/kit/layout/Text.module.css";
import type { ReviewKind } from "../review/request.ts";
import styles from "./Queue.module.css";

type Props = {
  /** How many are selected. */
  count: number;
  /** How many are in the queue, once it is known. */
  total: number | undefined;
  isEmpty: boolean;
  canReview: boolean;
  canEdit: boolean;
  onDecide: (action: ReviewKind) => void;
  canMerge: boolean;
  onInto: () => void;
  onEdit: () => void;
  onUndo: () => void;
  onClear: () => void;
};

/** What can be done, with its keys, at the foot of the queue. With a selection it acts on all of it. */
export function TriageBar({
  count,
  total,
  isEmpty,
  canReview,
  canEdit,
  canMerge,
  onDecide,
  onInto,
  onEdit,
  onUndo,
  onClear,
}: Props) {
  const { t } = useTranslation();
  const act = (keys: string, label: ReactNode, run: () => void, enabled: boolean, isSpare = false) => (
    <KeyAct keys={keys} onPress={run} isDisabled={!enabled} isSpare={isSpare}>
      {label}
    </KeyAct>
  );
  return (
    <KeyBar label={t("queue.bar")} content={`${count} ${total}`}>
      {count > 0 && (
        <span className={styles.count} role="status">
          {t("record.bulk.selected", { count })}
        </span>
      )}
      {act("a", t("review.approve"), () => onDecide("approve"), canReview && !isEmpty)}
      {act("Shift+A", t("queue.bar_approve_and_assign"), () => onDecide("approve_and_assign"), canReview && !isEmpty)}
      {act("r", t("review.reject"), () => onDecide("reject"), canReview && !isEmpty)}
      {act("Shift+R", t("queue.bar_reject_and_revoke"), () => onDecide("reject_and_revoke"), canReview && !isEmpty)}
      {count === 0 && act("m", t("queue.into"), onInto, canMerge && !isEmpty)}
      {/* The pencil of each row does the same. */}
      {count === 0 && act("e", t("queue.edit"), onEdit, canEdit && !isEmpty, true)}
      {act("u", t("queue.undo"), onUndo, true)}
      {count === 0 && (
        <KeyHint>
          <Keys keys="x" /> {t("queue.select")} <Keys keys="j" /> <Keys keys="k" /> {t("queue.nextPrevious")}
        </KeyHint>
      )}
      <span className={styles.spacer} />
      {/* The navigation has the number as well. */}
      <span className={text.total} role="status" data-spare>
        {total !== undefined && t("queue.left", { count: total })}
      </span>
      {count > 0 && (
        <Button variant="quiet" size="small" hotkey="Escape" onPress={onClear}>
          {t("record.bulk.clear")}
        </Button>
      )}
      {canReview && (
        <Menu
          label={t("common.more")}
          trigger={<IconButton label={t("common.more")} icon={Ellipsis} size="small" isDisabled={isEmpty} />}
          placement="top end"
        >
          <MenuItem onAction={() => onDecide("approve")}>{t("review.approve")}</MenuItem>
          <MenuItem onAction={() => onDecide("approve_and_assign")}>{t("review.approve_and_assign")}</MenuItem>
          <MenuItem onAction={() => onDecide("reject")}>{t("review.reject")}</MenuItem>
          <MenuItem onAction={() => onDecide("reject_and_revoke")}>{t("review.reject_and_revoke")}</MenuItem>
        </Menu>
      )}
    </KeyBar>
  );
}
