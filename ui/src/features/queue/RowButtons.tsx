import { Check, Pencil, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/kit/components/Button.tsx";

/** Their width in px. */
export const ROW_BUTTONS = 100;

type Props = {
  canReview: boolean;
  canEdit: boolean;
  onDecide: (action: "approve" | "reject") => void;
  onEdit: () => void;
};

/** At the end of a row of the queue, for the mouse; each has a key of the page. */
export function RowButtons({ canReview, canEdit, onDecide, onEdit }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {canReview && (
        <IconButton
          excludeFromTabOrder
          label={t("review.approve")}
          icon={Check}
          size="small"
          tone="good"
          hotkey="a"
          onPress={() => onDecide("approve")}
        />
      )}
      {canReview && (
        <IconButton
          excludeFromTabOrder
          label={t("review.reject")}
          icon={X}
          size="small"
          tone="bad"
          hotkey="r"
          onPress={() => onDecide("reject")}
        />
      )}
      {canEdit && (
        <IconButton
          excludeFromTabOrder
          label={t("queue.edit")}
          icon={Pencil}
          size="small"
          hotkey="e"
          onPress={onEdit}
        />
      )}
    </>
  );
}
