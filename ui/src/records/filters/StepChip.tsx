import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { type Condition, call, commands, type Id } from "~/ipc";
import { dateTime } from "~/kit/i18n/words.ts";
import { useMay } from "~/session/session.ts";
import styles from "./Filters.module.css";

type Props = { condition: Condition; step: Id; onRemove: () => void };

/** A condition on no field: that one step added or changed the records, said by what the step was. */
export function StepChip({ condition, step, onRemove }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const found = useQuery({
    queryKey: ["history", "step", step],
    queryFn: () => call(commands.historyStep(step)),
    enabled: may("view_audit_log"),
  });
  const { kind, detail, at } = found.data ?? { kind: null, detail: "", at: 0 };
  const isImport = kind === "contacts.import" || kind === "records.import";
  const added = condition.field === "created_in";
  const what = isImport ? detail : kind === null ? "" : `${t(`operations.${kind}`)}, ${dateTime(at)}`;
  const sentence =
    what === ""
      ? t(added ? "filters.step.added" : "filters.step.changed")
      : t(
          `filters.step.${isImport ? (added ? "addedByImport" : "changedByImport") : added ? "addedBy" : "changedBy"}`,
          {
            what,
          },
        );
  return (
    <span className={styles.chip}>
      <span className={styles.sentence}>{sentence}</span>
      <Button className={styles.cross ?? ""} aria-label={t("filters.removeOne", { sentence })} onPress={onRemove}>
        <X size={12} strokeWidth={2.5} aria-hidden />
      </Button>
    </span>
  );
}
