import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ArchiveWay, CHOICES, call, commands, type Revival, type Selection, type Visibility } from "~/ipc";
import { ActDialog, Sentences } from "~/kit/components/Dialog.tsx";
import { RadioList } from "~/kit/components/RadioList.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import { ReferenceField } from "~/records/fields/ReferenceField.tsx";
import styles from "./Archive.module.css";
import { reviveChoices } from "./archiveChoices.ts";
import { useArchive } from "./useArchive.ts";

export type ReviveRequest = {
  selection: Selection;
  count: number;
  name: string | null;
  /** The ways that can be taken back here, the first one chosen. */
  ways: ArchiveWay[];
  onDone?: () => void;
};

const BEFORE = "before";

/** Asks what to take back, and says what that will do (M32). */
export default function ReviveDialog({ request, onClose }: { request: ReviveRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const { revive } = useArchive();
  const { selection, count, name, ways } = request;
  const [way, setWay] = useState<ArchiveWay>(ways[0] ?? "employer");
  const [employer, setEmployer] = useState<string | null>(null);
  const [visibility, setVisibility] = useState<Visibility | typeof BEFORE>(BEFORE);
  const revival: Revival = {
    way,
    employer: way === "employer" ? employer : null,
    visibility: visibility === BEFORE ? null : visibility,
  };
  const preview = useQuery({
    queryKey: ["contacts", "revive", selection, revival],
    queryFn: () => call(commands.contactsRevivePreview(selection, revival)),
    gcTime: 0,
    placeholderData: (before) => before,
  });
  const said = preview.data;
  const sentences: string[] = [];
  if (said) {
    const isOne = name !== null && said.contacts === 1;
    sentences.push(isOne ? t("archive.revive.one", { name }) : t("archive.revive.will", { count: said.contacts }));
    if (said.seen_by_students > 0)
      sentences.push(isOne ? t("archive.revive.oneSeen") : t("archive.revive.seen", { count: said.seen_by_students }));
    if (said.contacts > 0) sentences.push(t("archive.revive.stays"));
    if (said.not_archived > 0) sentences.push(t("archive.revive.notArchived", { count: said.not_archived }));
    if (said.frozen > 0) sentences.push(t("archive.revive.frozen", { count: said.frozen }));
    if (said.no_employer > 0) sentences.push(t("archive.revive.noEmployer", { count: said.no_employer }));
  }
  return (
    <ActDialog
      title={name === null ? t("archive.revive.title.many", { count }) : t("archive.revive.title.one", { name })}
      onClose={onClose}
      act={t("archive.revive.act")}
      isDisabled={!said || said.contacts === 0 || preview.isPlaceholderData}
      error={preview.error}
      onAct={() => {
        onClose();
        void revive(selection, revival, name, request.onDone);
      }}
    >
      <div className={stack.by16}>
        <RadioList label={t("archive.revive.how")} choices={reviveChoices(t, ways)} value={way} onChange={setWay} />
        {way === "employer" && (
          <div>
            <ReferenceField
              kind="employer"
              label={t("archive.revive.employer")}
              value={employer}
              onChange={setEmployer}
            />
            <p className={styles.quiet}>{t("archive.revive.employerHint")}</p>
          </div>
        )}
        <Select
          label={t("archive.revive.visibility")}
          choices={[
            { id: BEFORE, label: t("archive.revive.asBefore") },
            ...CHOICES.contact.visibility.map((id) => ({ id, label: choiceLabel("visibility", id) })),
          ]}
          value={visibility}
          onChange={setVisibility}
        />
        <div className={styles.will}>
          <Sentences said={sentences} />
        </div>
      </div>
    </ActDialog>
  );
}
