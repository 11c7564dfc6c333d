import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AccessStep, type ArchiveWay, type ContactProfile, call, commands, type PersonLeft } from "~/ipc";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { RadioList } from "~/kit/components/RadioList.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import stack from "~/kit/layout/Stack.module.css";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Archive.module.css";
import { ArchivePreview } from "./ArchivePreview.tsx";
import { archiveChoices } from "./archiveChoices.ts";

type Directory = ArchiveWay | "stay";
type Access = "leave" | "turn_off" | "role";

/** "Person left": the directory and the access are two separate switches; both show what they will do (B3). */
export default function PersonLeftDialog({ contact, onClose }: { contact: ContactProfile; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const announce = useAnnounce();
  const { id, name, user, frozen } = contact;
  const [directory, setDirectory] = useState<Directory>("stay");
  const [access, setAccess] = useState<Access>("leave");
  const [picked, setPicked] = useState<string | null>(null);
  const decides = user !== null && may("manage_access");
  const roles = useQuery({ queryKey: ["roles", "list"], queryFn: () => call(commands.rolesList()), enabled: decides });
  const others = (roles.data ?? []).filter((role) => role.name !== user?.role);
  const role = others.find((each) => each.id === picked) ?? others[0];
  const step: AccessStep | null =
    access === "turn_off" ? { step: "turn_off" } : access === "role" && role ? { step: "role", role: role.id } : null;
  const left: PersonLeft = { contact: id, directory: directory === "stay" ? null : directory, access: step };
  const preview = useQuery({
    queryKey: ["contacts", "person_left", left],
    queryFn: () => call(commands.personLeftPreview(left)),
    gcTime: 0,
    placeholderData: (before) => before,
  });
  const said = preview.data;
  const save = async () => {
    onClose();
    try {
      announce((await call(commands.personLeft(left))).operation, t("archive.left.done", { name }));
    } catch (error) {
      toastError(error);
    }
  };
  const stays: string[] = [];
  if (directory === "stay") stays.push(t("archive.left.directoryStays"));
  if (said?.user)
    stays.push(
      said.user.access
        ? t("archive.left.canLogIn", { name, role: said.user.role })
        : t("archive.left.cannotLogIn", { name }),
    );
  return (
    <ActDialog
      title={t("archive.left.title", { name })}
      onClose={onClose}
      size="medium"
      act={t("archive.left.act")}
      isDisabled={!said || said.total === 0 || preview.isPlaceholderData || preview.isError}
      error={preview.error}
      onAct={() => void save()}
    >
      <div className={stack.by16}>
        <div className={styles.switches}>
          <RadioList<Directory>
            label={t("archive.left.directory")}
            hint={t("archive.left.directoryHint")}
            choices={[
              { id: "stay", label: t("archive.left.stay") },
              ...(frozen ? [] : archiveChoices(t, may("review_contacts"))),
            ]}
            value={directory}
            onChange={setDirectory}
          />
          {user && decides ? (
            <div className={stack.by8}>
              <RadioList<Access>
                label={t("archive.left.access")}
                hint={t("archive.left.accessHint")}
                choices={[
                  {
                    id: "leave",
                    label: t("archive.left.leave"),
                    note: user.access
                      ? t("archive.left.leaveNoteOn", { name, role: user.role })
                      : t("archive.left.leaveNoteOff"),
                  },
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
        {said && said.total === 0 && !preview.isError && <p className={styles.quiet}>{t("archive.left.nothing")}</p>}
        {said && said.total > 0 && <ArchivePreview said={said} stays={stays} />}
      </div>
    </ActDialog>
  );
}
