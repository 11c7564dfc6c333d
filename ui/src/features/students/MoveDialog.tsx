import { useNavigate } from "@tanstack/react-router";
import { FolderOpen, FolderX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import markStyle from "~/kit/layout/Mark.module.css";
import stack from "~/kit/layout/Stack.module.css";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { type Pick, PickList } from "./PickList.tsx";
import { useGroups } from "./queries.ts";
import styles from "./Students.module.css";
import { useStudentActs } from "./useStudentActs.ts";

/** Stands for "no group"; no id is written so. */
const NONE = "none";

/** Moves one or many into a group, or out of any. */
export default function MoveDialog({ target, onClose }: { target: BulkTarget; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { move } = useStudentActs();
  const [picked, setPicked] = useState<{ id: string; name: string } | null>(null);
  const groups = useGroups();
  const { name, count } = target;
  const mark = (Icon: typeof FolderOpen) => (
    <span className={`${markStyle.disc} ${styles.nobody}`} aria-hidden>
      <Icon size={16} strokeWidth={1.75} />
    </span>
  );
  const picks = (groups.data ?? []).map<Pick>(({ id, name: label, description, members }) => ({
    id,
    label,
    mark: mark(FolderOpen),
    note: description || undefined,
    end: t("students.move.members", { count: members }),
  }));
  picks.push({ id: NONE, label: t("students.move.none"), mark: mark(FolderX), note: t("students.move.noneNote") });
  return (
    <ActDialog
      title={name === null ? t("students.move.titleMany", { count }) : t("students.move.titleOne", { name })}
      onClose={onClose}
      size="medium"
      act={t("students.move.confirm")}
      isDisabled={picked === null}
      onAct={() => {
        if (picked === null) return;
        onClose();
        void move(target, picked.id === NONE ? null : picked);
      }}
    >
      <div className={stack.by12}>
        {groups.error ? <ErrorState error={groups.error} onRetry={() => void groups.refetch()} /> : null}
        {groups.isPending && <Skeleton lines={3} />}
        {groups.data?.length === 0 && (
          <p className={styles.quiet}>
            {t("students.move.noGroups")}{" "}
            <Button variant="quiet" size="small" onPress={() => void navigate({ to: "/students/groups" })}>
              {t("students.move.make")}
            </Button>
          </p>
        )}
        {groups.data && (
          <PickList
            label={t("students.move.group")}
            picks={picks}
            values={picked ? [picked.id] : []}
            onChange={([id]) =>
              id !== undefined && setPicked({ id, name: groups.data.find((group) => group.id === id)?.name ?? "" })
            }
            empty={t("students.move.noGroups")}
          />
        )}
      </div>
    </ActDialog>
  );
}
