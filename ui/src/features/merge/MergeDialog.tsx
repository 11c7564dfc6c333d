import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type Id, LIMITS } from "~/ipc";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { ActDialog, Sentences } from "~/kit/components/Dialog.tsx";
import { Skeleton } from "~/kit/components/States.tsx";
import { ReferenceField } from "~/records/fields/ReferenceField.tsx";
import { cacheTag } from "~/records/kinds.ts";
import styles from "./Merge.module.css";
import { MergeTable } from "./MergeTable.tsx";
import type { MergeRequest, Settled } from "./request.ts";
import { willHappen } from "./words.ts";

type Props = { request: MergeRequest; onClose: () => void; onConfirm: (settled: Settled) => void };

/** The records side by side; whose value is kept is chosen by clicking it, and what will happen is said below. */
export default function MergeDialog({ request, onClose, onConfirm }: Props) {
  const { t } = useTranslation();
  const { kind, into } = request;
  const [ids, setIds] = useState(request.ids);
  const [stays, setStays] = useState<Id | undefined>(ids.find((id) => id !== into));
  const [choices, setChoices] = useState<{ [field: string]: Id }>({});
  const [onlyDiffering, setOnlyDiffering] = useState(false);
  const survivor = stays !== undefined && ids.includes(stays) ? stays : ids.find((id) => id !== into);
  const others = ids.filter((id) => id !== survivor);
  const isReady = survivor !== undefined && others.length > 0;
  const preview = useQuery({
    queryKey: [cacheTag(kind), "merge", kind, survivor, others, choices],
    queryFn: () => call(commands.mergePreview(kind, survivor ?? "", others, choices)),
    enabled: isReady,
    placeholderData: (before) => before,
    retry: false,
  });
  const shown = isReady ? preview.data : undefined;
  // The order on the screen stays as it is, whoever is chosen to stay.
  const records = ids.flatMap((id) => shown?.records.find((record) => record.id === id) ?? []);
  const staying = records.find((record) => record.id === survivor);
  const way = into ? "into" : kind;
  const canMerge = isReady && staying !== undefined && !preview.isError && !preview.isPlaceholderData;
  const confirm = () => {
    if (canMerge && staying)
      onConfirm({
        survivor: staying.id,
        name: staying.name,
        others: records.filter((record) => record.id !== staying.id),
        choices,
      });
  };
  return (
    <ActDialog
      title={t(`merge.title.${way}`)}
      onClose={onClose}
      size="large"
      act={
        into
          ? t("merge.act.into")
          : ids.length < 2
            ? t("merge.act.nobody")
            : t("merge.act.merge", { count: ids.length })
      }
      isDisabled={!canMerge}
      error={preview.error}
      onAct={confirm}
      onKey={confirm}
    >
      {request.ids.length < 2 && (!into || !isReady) && ids.length < LIMITS.merged_records && (
        <div className={styles.add}>
          <ReferenceField
            key={ids.length}
            kind={kind}
            label={t(`merge.add.${way}`)}
            value={null}
            near={{ like: ids[0] }}
            autoFocus={!isReady}
            onChange={(id) => {
              if (id === null || ids.includes(id)) return;
              setIds([...ids, id]);
              if (into) setStays(id);
            }}
          />
        </div>
      )}
      {!isReady && <p className={styles.hint}>{t(`merge.needs.${way}`)}</p>}
      {isReady && !shown && preview.isPending && <Skeleton lines={6} />}
      {shown && survivor !== undefined && records.length === ids.length && (
        <>
          <Checkbox isSelected={onlyDiffering} onChange={setOnlyDiffering}>
            {t("merge.onlyDiffering")}
          </Checkbox>
          <MergeTable
            kind={kind}
            preview={shown}
            records={records}
            survivor={survivor}
            canStay={(id) => id !== into}
            onStays={setStays}
            onChoose={(field, id) => {
              const { [field]: _, ...rest } = choices;
              setChoices(id === null ? rest : { ...rest, [field]: id });
            }}
            onlyDiffering={onlyDiffering}
          />
          <Sentences said={willHappen(t, kind, shown, staying?.name ?? "")} />
        </>
      )}
    </ActDialog>
  );
}
