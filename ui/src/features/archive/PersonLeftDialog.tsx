import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type AccessStep,
  type ArchiveWay,
  type ContactProfile,
  call,
  commands,
  type PersonLeft,
  type Rehearsed,
} from "~/ipc";
import { DateField } from "~/kit/components/DateField.tsx";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { RadioList } from "~/kit/components/RadioList.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { problemsOf, unplaced } from "~/kit/components/useSubmit.ts";
import { dayOf } from "~/kit/i18n/zone.ts";
import stack from "~/kit/layout/Stack.module.css";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Archive.module.css";
import { ArchivePreview, Outcome } from "./ArchivePreview.tsx";
import { archiveChoices } from "./archiveChoices.ts";
import { fieldChange, furtherConsequences } from "./consequences.ts";

type Directory = ArchiveWay | "stay";
type Access = "leave" | "turn_off" | "role";

/**
 * "Person left": the directory and the access are two separate switches (B3). Both begin with what is usual, Inactive
 * and no access, and what they will do stands first.
 */
export default function PersonLeftDialog({ contact, onClose }: { contact: ContactProfile; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const announce = useAnnounce();
  const { id, name, user, frozen, archived } = contact;
  const decides = user !== null && may("manage_access");
  const today = dayOf(Date.now());
  const [directory, setDirectory] = useState<Directory>(frozen || archived.includes("employer") ? "stay" : "employer");
  const [access, setAccess] = useState<Access>(decides && user.access ? "turn_off" : "leave");
  const [leftOn, setLeftOn] = useState(today);
  const [picked, setPicked] = useState<string | null>(null);
  const roles = useQuery({ queryKey: ["roles", "list"], queryFn: () => call(commands.rolesList()), enabled: decides });
  const others = (roles.data ?? []).filter((role) => role.name !== user?.role);
  const role = others.find((each) => each.id === picked) ?? others[0];
  const step: AccessStep | null =
    access === "turn_off" ? { step: "turn_off" } : access === "role" && role ? { step: "role", role: role.id } : null;
  const left: PersonLeft = {
    contact: id,
    directory: directory === "stay" ? null : directory,
    access: step,
    left_on: directory === "employer" ? leftOn : null,
  };
  const preview = useQuery({
    queryKey: ["contacts", "person_left", left],
    queryFn: () => call(commands.personLeftPreview(left)),
    gcTime: 0,
    retry: false,
    placeholderData: (before) => before,
  });
  const said = preview.data;
  const save = async () => {
    onClose();
    try {
      const done = await call(commands.personLeft(left));
      announce(done.operation, t("archive.left.done", { name }), t("shell.undo.changes", { what: name }));
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <ActDialog
      title={t("archive.left.title", { name })}
      onClose={onClose}
      size="large"
      act={t("archive.left.act")}
      isDisabled={!said || said.total === 0 || preview.isPlaceholderData || preview.isError}
      error={unplaced(preview.error)}
      onAct={() => void save()}
      autoFocus
    >
      <div className={stack.by16}>
        {said && !preview.isError && <Outcome said={outcome(t, contact, directory, said)} />}
        <div className={styles.switches}>
          <div className={stack.by12}>
            <RadioList<Directory>
              label={t("archive.left.directory")}
              choices={[
                ...(frozen ? [] : archiveChoices(t, may("review_contacts"))),
                { id: "stay", label: t("archive.left.stay") },
              ]}
              value={directory}
              onChange={setDirectory}
            />
            {directory === "employer" && (
              <DateField
                label={t("archive.left.leftOn")}
                value={leftOn}
                onChange={(day) => setLeftOn(day ?? today)}
                latest={today}
                error={problemsOf(preview.error)("left_on")}
              />
            )}
          </div>
          {user && decides ? (
            <div className={stack.by8}>
              <RadioList<Access>
                label={t("archive.left.access")}
                choices={[
                  {
                    id: "turn_off",
                    label: t("archive.left.turnOff"),
                    note: t("archive.left.turnOffNote"),
                    isDisabled: !user.access,
                  },
                  {
                    id: "role",
                    label: t("archive.left.role"),
                    note: t("archive.left.roleNote"),
                    isDisabled: others.length === 0,
                  },
                  {
                    id: "leave",
                    label: t("archive.left.leave"),
                    note: user.access
                      ? user.role
                        ? t("archive.left.leaveNoteOn", { name, role: user.role })
                        : t("archive.left.leaveNoteOnNoRole", { name })
                      : t("archive.left.leaveNoteOff"),
                  },
                ]}
                value={access}
                onChange={setAccess}
              />
              {access === "role" && (
                <Select
                  label={t("archive.left.roleLabel")}
                  choices={others.map((each) => ({ id: each.id, label: each.name }))}
                  value={role?.id ?? null}
                  onChange={setPicked}
                />
              )}
            </div>
          ) : (
            !user && (
              <div className={stack.by8}>
                <h3 className={styles.heading}>{t("archive.left.access")}</h3>
                <p className={styles.quiet}>{t("archive.left.noAccount")}</p>
              </div>
            )
          )}
        </div>
        {said && <ArchivePreview said={said} />}
      </div>
    </ActDialog>
  );
}

/** What will happen, and what will not: what the rehearsal says, not what was chosen. */
function outcome(t: TFunction, contact: ContactProfile, directory: Directory, said: Rehearsed): string[] {
  const { id, name, user } = contact;
  if (said.total === 0) return [t("archive.left.nothing")];
  const sentences: string[] = [];
  const loses = user?.access === true && said.user?.access === false;
  const way = directory === "stay" ? null : directory;
  const isArchived = way !== null && said.changes.some(({ kind, record }) => kind === "contact" && record === id);
  if (way === "employer" && isArchived && loses) sentences.push(t("archive.left.willBoth", { name }));
  else {
    if (way !== null && isArchived) sentences.push(t(`archive.left.will.${way}`, { name }));
    else if (way !== null) sentences.push(t("archive.skipped.alreadyOne", { name }));
    if (loses) sentences.push(t("archive.left.losesAccess", { name }));
  }
  if (way === null) sentences.push(t("archive.left.directoryStays"));
  if (contact.employer && fieldChange(said, id, "employer"))
    sentences.push(t("archive.after.former", { name, employer: contact.employer.name }));
  sentences.push(...furtherConsequences(t, said, id, name));
  if (said.user?.access)
    sentences.push(
      said.user.role
        ? t("archive.left.canLogIn", { name, role: said.user.role })
        : t("archive.left.canLogInNoRole", { name }),
    );
  return sentences;
}
