import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ArchiveWay, call, commands, type Selection } from "~/ipc";
import { ActDialog, Sentences } from "~/kit/components/Dialog.tsx";
import { RadioList } from "~/kit/components/RadioList.tsx";
import stack from "~/kit/layout/Stack.module.css";
import { useMay } from "~/session/session.ts";
import styles from "./Archive.module.css";
import { archiveChoices } from "./archiveChoices.ts";
import { useArchive } from "./useArchive.ts";

export type ArchiveRequest = { selection: Selection; count: number; name: string | null; onDone?: () => void };

/** Asks how to archive, and says what that will do, to how many, and what it will not (M22–M27). */
export default function ArchiveDialog({ request, onClose }: { request: ArchiveRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { archive } = useArchive();
  const [way, setWay] = useState<ArchiveWay>("employer");
  const { selection, count, name } = request;
  const preview = useQuery({
    queryKey: ["contacts", "archive", selection, way],
    queryFn: () => call(commands.contactsArchivePreview(selection, way)),
    gcTime: 0,
    placeholderData: (before) => before,
  });
  const said = preview.data;
  const sentences: string[] = [];
  if (said && name !== null && said.contacts === 1) {
    sentences.push(t("archive.will.one", { name }));
    if (said.hidden_from_students > 0) sentences.push(t("archive.will.oneHidden"));
    if (said.others_own > 0) sentences.push(t("archive.will.oneOthersOwn"));
    if (said.primary > 0) sentences.push(t("archive.will.onePrimary", { name }));
    if (said.makes_inactive) sentences.push(t("archive.will.makesInactive"));
    if (said.can_still_log_in > 0) sentences.push(t("archive.stays.one", { name }));
  } else if (said && name !== null && said.already + said.frozen > 0) {
    sentences.push(t(said.frozen > 0 ? "archive.skipped.frozenOne" : "archive.skipped.alreadyOne", { name }));
  } else if (said) {
    sentences.push(t("archive.will.contacts", { count: said.contacts }));
    if (said.hidden_from_students > 0) sentences.push(t("archive.will.hidden", { count: said.hidden_from_students }));
    if (said.others_own > 0) sentences.push(t("archive.will.othersOwn", { count: said.others_own }));
    if (said.primary > 0) sentences.push(t("archive.will.primary", { count: said.primary }));
    if (said.makes_inactive) sentences.push(t("archive.will.makesInactive"));
    if (said.contacts > 0) sentences.push(t("archive.stays.access", { count: said.can_still_log_in }));
    if (said.already > 0) sentences.push(t("archive.skipped.already", { count: said.already }));
    if (said.frozen > 0) sentences.push(t("archive.skipped.frozen", { count: said.frozen }));
  }
  return (
    <ActDialog
      title={name === null ? t("archive.title.many", { count }) : t("archive.title.one", { name })}
      onClose={onClose}
      act={t("archive.act")}
      isDisabled={!said || said.contacts === 0 || preview.isPlaceholderData}
      error={preview.error}
      onAct={() => {
        onClose();
        void archive(selection, way, name, request.onDone);
      }}
    >
      <div className={stack.by16}>
        <RadioList
          label={t("archive.how")}
          choices={archiveChoices(t, may("review_contacts"))}
          value={way}
          onChange={setWay}
        />
        <div className={styles.will}>
          <Sentences said={sentences} />
        </div>
      </div>
    </ActDialog>
  );
}
