import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ArchiveWay, CHOICES, call, commands, type Revival, type Selection, type Visibility } from "~/ipc";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { RadioList } from "~/kit/components/RadioList.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import { ReferenceField } from "~/records/fields/ReferenceField.tsx";
import { useMay } from "~/session/session.ts";
import styles from "./Archive.module.css";
import { Outcome } from "./ArchivePreview.tsx";
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
  const may = useMay();
  const [picked, setAccess] = useState<boolean | null>(null);
  const where: Revival = {
    access: false,
    way,
    employer: way === "employer" ? employer : null,
    visibility: visibility === BEFORE ? null : visibility,
  };
  const preview = useQuery({
    queryKey: ["contacts", "revive", selection, where],
    queryFn: () => call(commands.contactsRevivePreview(selection, where)),
    gcTime: 0,
    placeholderData: (before) => before,
  });
  const said = preview.data;
  const canRegain = said !== undefined && said.access_back + said.role_back > 0 && may("manage_access");
  // What archiving took is given back unless somebody says otherwise.
  const access = canRegain && (picked ?? said.taken > 0);
  const sentences: string[] = [];
  if (said) {
    const isOne = name !== null && said.contacts === 1;
    sentences.push(
      isOne
        ? said.returns_to
          ? t("archive.revive.returns", { name, employer: said.returns_to })
          : t("archive.revive.one", { name })
        : t("archive.revive.will", { count: said.contacts }),
    );
    if (said.seen_by_students > 0)
      sentences.push(isOne ? t("archive.revive.oneSeen") : t("archive.revive.seen", { count: said.seen_by_students }));
    if (access && said.access_back > 0)
      sentences.push(
        isOne ? t("archive.revive.logsIn", { name }) : t("archive.revive.logIn", { count: said.access_back }),
      );
    if (access && said.role_back > 0)
      sentences.push(
        isOne ? t("archive.revive.hasRole", { name }) : t("archive.revive.haveRole", { count: said.role_back }),
      );
    if (said.contacts > 0 && !access) sentences.push(t("archive.revive.stays"));
    const left = [
      ["notArchived", said.not_archived],
      ["frozen", said.frozen],
      ["noEmployer", said.no_employer],
    ] as const;
    for (const [why, n] of left)
      if (n > 0)
        sentences.push(
          name === null ? t(`archive.revive.${why}`, { count: n }) : t(`archive.revive.${why}One`, { name }),
        );
  }
  return (
    <ActDialog
      title={name === null ? t("archive.revive.title.many", { count }) : t("archive.revive.title.one", { name })}
      onClose={onClose}
      act={t("archive.revive.act")}
      isDisabled={!said || said.contacts === 0 || preview.isPlaceholderData}
      error={preview.error}
      autoFocus
      onAct={() => {
        onClose();
        void revive(selection, { ...where, access }, name, request.onDone);
      }}
    >
      <div className={stack.by16}>
        <Outcome said={sentences} />
        {ways.length > 1 && (
          <RadioList
            label={t(name === null ? "archive.revive.howMany" : "archive.revive.how")}
            choices={reviveChoices(t, ways)}
            value={way}
            onChange={setWay}
          />
        )}
        {canRegain && (
          <Checkbox isSelected={access} onChange={setAccess}>
            {name === null
              ? t("archive.revive.accessMany", { count: said.taken })
              : t(said.access_back > 0 ? "archive.revive.access" : "archive.revive.role", { name })}
          </Checkbox>
        )}
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
      </div>
    </ActDialog>
  );
}
