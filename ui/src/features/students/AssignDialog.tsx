import { UserRoundX } from "lucide-react";
import { useState } from "react";
import { Autocomplete } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { CaseLoad } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import markStyle from "~/kit/layout/Mark.module.css";
import stack from "~/kit/layout/Stack.module.css";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { type Pick, PickList } from "./PickList.tsx";
import { useCaseLoads } from "./queries.ts";
import styles from "./Students.module.css";
import { useStudentActs } from "./useStudentActs.ts";

/** Stands for "nobody"; no id is written so. */
const NOBODY = "nobody";

/** "Assign a case" (M38): who works here, found by name, each with the cases they have. */
export default function AssignDialog({ target, onClose }: { target: BulkTarget; onClose: () => void }) {
  const { t } = useTranslation();
  const { assign } = useStudentActs();
  const [search, setSearch] = useState("");
  const [picked, setPicked] = useState<{ id: string; name: string } | null>(null);
  const loads = useCaseLoads(search);
  const { name, count } = target;

  const picks = (loads.data ?? []).map<Pick>((load) => ({
    id: load.id,
    label: load.me ? `${load.name} (${t("students.assign.me")})` : load.name,
    mark: <Avatar name={load.name} size={32} />,
    note: load.email,
    end: loadWords(load),
  }));
  if (search.trim() === "") {
    picks.push({
      id: NOBODY,
      label: t("students.assign.nobody"),
      mark: (
        <span className={`${markStyle.disc} ${styles.nobody}`} aria-hidden>
          <UserRoundX size={16} strokeWidth={1.75} />
        </span>
      ),
      note: t("students.assign.nobodyNote"),
    });
  }
  function loadWords({ cases, deactivated_cases: deactivated }: CaseLoad) {
    const words = t("students.assign.load", { count: cases });
    return deactivated === 0 ? words : `${words}, ${t("students.assign.deactivated", { count: deactivated })}`;
  }
  const act = () => {
    if (picked === null) return;
    onClose();
    void assign(target, picked.id === NOBODY ? null : picked);
  };

  return (
    <ActDialog
      title={name === null ? t("students.assign.titleMany", { count }) : t("students.assign.titleOne", { name })}
      onClose={onClose}
      size="medium"
      act={picked?.id === NOBODY ? t("students.assign.unassign") : t("students.assign.confirm")}
      isDisabled={picked === null}
      onAct={act}
    >
      <div className={stack.by12}>
        <Autocomplete inputValue={search} onInputChange={setSearch}>
          <TextField label={t("students.assign.search")} autoFocus autoComplete="off" />
          {loads.error ? (
            <ErrorState error={loads.error} onRetry={() => void loads.refetch()} />
          ) : loads.data ? (
            <PickList
              label={t("students.assign.list")}
              picks={picks}
              value={picked?.id ?? null}
              onChange={(id) => setPicked({ id, name: loads.data.find((load) => load.id === id)?.name ?? "" })}
              empty={t("students.assign.none")}
            />
          ) : (
            <Skeleton lines={4} />
          )}
        </Autocomplete>
        <p className={styles.quiet}>{t("students.assign.note")}</p>
      </div>
    </ActDialog>
  );
}
