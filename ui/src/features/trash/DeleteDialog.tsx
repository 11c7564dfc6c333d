import { useTranslation } from "react-i18next";
import { ActDialog, Sentences } from "~/kit/components/Dialog.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { countOf } from "~/kit/i18n/words.ts";
import { Blocked } from "./Blocked.tsx";
import { useDeletePreview } from "./queries.ts";
import type { DeleteRequest } from "./request.ts";
import { useTrash } from "./useTrash.ts";
import { willGo } from "./words.ts";

type Props = { request: DeleteRequest; onClose: () => void };

/** Says what goes, what stays and why, and what could be done instead, before anything is deleted (M20, B9). */
export default function DeleteDialog({ request, onClose }: Props) {
  const { t } = useTranslation();
  const { kind, selection, name, onDone } = request;
  const preview = useDeletePreview(kind, selection);
  const trash = useTrash();
  const goes = preview.data?.records ?? 0;
  const finish = () => {
    onClose();
    onDone?.();
  };
  return (
    <ActDialog
      title={t(`trash.delete.title.${name === null ? (`${kind}s` as const) : kind}`)}
      onClose={onClose}
      role="alertdialog"
      size={preview.data && preview.data.blocked > 0 ? "medium" : "small"}
      act={name === null && goes > 0 ? t("trash.delete.actMany", { what: countOf(kind, goes) }) : t("trash.delete.act")}
      destructive
      isDisabled={goes === 0}
      autoFocus
      {...(preview.data && goes === 0 && { instead: null })}
      onAct={async () => {
        onClose();
        if (await trash.remove(kind, selection, name)) onDone?.();
      }}
    >
      {preview.error ? <ErrorState error={preview.error} onRetry={() => void preview.refetch()} /> : null}
      {preview.isPending && <Skeleton lines={3} />}
      {preview.data && (
        <>
          <Sentences said={willGo(t, preview.data, kind, name)} />
          {preview.data.blocked > 0 && (
            <Blocked
              kind={kind}
              name={name}
              preview={preview.data}
              onDone={finish}
              onLeave={onClose}
              {...(request.onMerge ? { onMerge: request.onMerge } : {})}
            />
          )}
        </>
      )}
    </ActDialog>
  );
}
