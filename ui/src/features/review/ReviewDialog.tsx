import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type ReviewAction } from "~/ipc";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import type { ReviewRequest } from "./request.ts";
import { previewSentences } from "./words.ts";

type Props = {
  request: ReviewRequest;
  onClose: () => void;
  /** `decided`: how many contacts are not so yet. */
  onConfirm: (action: ReviewAction, role: string, decided?: number) => void;
};

/** Says what an action will do, to how many, and what it will not; asks for the role where one is assigned. */
export default function ReviewDialog({ request, onClose, onConfirm }: Props) {
  const { t } = useTranslation();
  const assigns = request.action === "approve_and_assign";
  const roles = useQuery({ queryKey: ["roles", "list"], queryFn: () => call(commands.rolesList()), enabled: assigns });
  const [picked, setPicked] = useState<string | null>(null);
  const role = roles.data?.find((each) => each.id === picked) ?? roles.data?.[0];
  const action: ReviewAction | null =
    request.action === "approve_and_assign"
      ? role
        ? { action: "approve_and_assign", role: role.id }
        : null
      : { action: request.action };
  const preview = useQuery({
    queryKey: ["queue", "preview", request.selection, action],
    queryFn: () => call(commands.contactsReviewPreview(request.selection, action as ReviewAction)),
    enabled: action !== null,
    gcTime: 0,
    placeholderData: (before) => before,
  });
  const words = t(`review.${request.action}`);
  return (
    <ConfirmDialog
      title={
        request.name === null
          ? t("review.title.many", { action: words, count: request.count })
          : t("review.title.one", { action: words, name: request.name })
      }
      sentences={preview.data ? previewSentences(t, request.action, preview.data, request) : []}
      act={words}
      destructive={request.action === "reject" || request.action === "reject_and_revoke"}
      isOpen
      isPending={!preview.data}
      isDisabled={preview.data?.contacts === 0 && preview.data.users === 0}
      onClose={onClose}
      onConfirm={() => action && onConfirm(action, role?.name ?? "", preview.data?.decided)}
    >
      {assigns && roles.data && (
        <div style={{ marginTop: 16 }}>
          <Select
            label={t("review.role")}
            choices={roles.data.map((each) => ({
              id: each.id,
              label: each.name,
              note: t("review.roleNote", { count: each.users }),
            }))}
            value={role?.id ?? null}
            onChange={setPicked}
          />
        </div>
      )}
      <ErrorLine error={preview.error ?? roles.error} />
    </ConfirmDialog>
  );
}
