import { Ban, CalendarClock, FolderInput, ListTodo, RotateCcw, UserRoundCheck } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StudentPanel } from "~/ipc";
import type { ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useEditRecord } from "~/records/forms/useEditRecord.tsx";
import { useAuditAction } from "~/records/page/useAuditAction.ts";
import { useBulkUpdate } from "../bulk/actions.tsx";
import { useInviteOwnCases, useInviteStudents } from "../invitations/actions.tsx";
import { useBulkMail, useStudentMail } from "../mail/actions.tsx";
import { useAddNote } from "../notes/actions.ts";
import { useBulkDelete, useTrashedStudent } from "../trash/actions.tsx";
import { useStudentActs } from "./useStudentActs.ts";

const NewActivity = lazy(() => import("../activities/NewActivity.tsx"));
const AssignDialog = lazy(() => import("./AssignDialog.tsx"));
const MoveDialog = lazy(() => import("./MoveDialog.tsx"));
const DeactivateDialog = lazy(() => import("./DeactivateDialog.tsx"));

/** "Assign a case" and "Move to a group", for one or many. */
const useCases: ActionSet<BulkTarget> = (target) => {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ what: "assign" | "move"; target: BulkTarget } | null>(null);
  const close = () => setAsked(null);
  return {
    actions: [
      {
        id: "assign",
        group: "edit",
        label: t("students.assign.act"),
        icon: UserRoundCheck,
        hotkey: "a",
        permission: "assign_cases",
        place: "button",
        run: () => setAsked({ what: "assign", target }),
      },
      {
        id: "move",
        group: "edit",
        label: t("students.move.act"),
        icon: FolderInput,
        hotkey: "m",
        permission: "manage_users",
        place: "button",
        run: () => setAsked({ what: "move", target }),
      },
    ],
    dialog:
      asked &&
      (asked.what === "assign" ? (
        <AssignDialog target={asked.target} onClose={close} />
      ) : (
        <MoveDialog target={asked.target} onClose={close} />
      )),
  };
};

/** Deactivate and reactivate (M37). Of one person only what makes sense now. */
const useAccount: ActionSet<BulkTarget> = (target) => {
  const { t } = useTranslation();
  const acts = useStudentActs();
  const [asked, setAsked] = useState<BulkTarget | null>(null);
  const status = target.row?.cells.status?.value;
  return {
    actions: [
      {
        id: "deactivate",
        group: "access",
        label: t("students.deactivate.act"),
        icon: Ban,
        permission: "manage_users",
        hidden: status === "deactivated",
        run: () => setAsked(target),
      },
      {
        id: "reactivate",
        group: "access",
        label: t("students.reactivate.act"),
        icon: RotateCcw,
        permission: "manage_users",
        hidden: status !== undefined && status !== "deactivated",
        run: () => void acts.reactivate(target),
      },
    ],
    dialog: asked && <DeactivateDialog target={asked} onClose={() => setAsked(null)} />,
  };
};

/** Notes, tasks and meetings, for those who work with the person. */
const useWork: ActionSet<StudentPanel> = ({ id, may_work: mayWork }) => {
  const { t } = useTranslation();
  const addNote = useAddNote();
  const [adding, setAdding] = useState<"task" | "meeting" | null>(null);
  const about = adding === "task" ? "about_student" : "student";
  return {
    actions: [
      { ...addNote, hidden: !mayWork },
      {
        id: "new_task",
        group: "add",
        label: t("profile.newTask"),
        icon: ListTodo,
        hotkey: "t",
        opensField: true,
        hidden: !mayWork,
        run: () => setAdding("task"),
      },
      {
        id: "new_meeting",
        group: "add",
        label: t("profile.newMeeting"),
        icon: CalendarClock,
        hidden: !mayWork,
        run: () => setAdding("meeting"),
      },
    ],
    dialog: adding && (
      <NewActivity
        kind={adding}
        fixed={{ [about]: id }}
        omit={adding === "task" ? ["contact", "student"] : ["contact"]}
        onClose={() => setAdding(null)}
      />
    ),
  };
};

/** What can be done with selected users. */
export const STUDENT_BULK: readonly ActionSet<BulkTarget>[] = [
  useCases,
  useBulkUpdate,
  useInviteStudents,
  useBulkMail,
  useAccount,
  useBulkDelete,
];

/** What can be done with selected cases of one's own. */
export const CASE_BULK: readonly ActionSet<BulkTarget>[] = [
  useCases,
  useBulkUpdate,
  useInviteOwnCases,
  useBulkMail,
  useAccount,
  useBulkDelete,
];

/** What the three dots of a row in one's own caseload offer. */
export const CASE_ROW: readonly ActionSet<BulkTarget>[] = [useCases, useInviteOwnCases, useAccount, useBulkDelete];

/** What the three dots of a row offer. */
export const STUDENT_ROW: readonly ActionSet<BulkTarget>[] = [useCases, useInviteStudents, useAccount, useBulkDelete];

function targetOf({ id, name, status }: StudentPanel): BulkTarget {
  const row = { id, name, cells: { status: { value: status, text: null } } };
  return {
    kind: "student",
    selection: { by: "ids", ids: [id] },
    count: 1,
    name,
    row,
    filter: [],
    done: () => {},
  };
}

const of =
  (set: ActionSet<BulkTarget>): ActionSet<StudentPanel> =>
  (panel) =>
    set(targetOf(panel));

const useEditStudent: ActionSet<StudentPanel> = (panel) => useEditRecord("student", panel, "manage_users");

/** What can be done in the panel. */
export const PANEL_ACTIONS: readonly ActionSet<StudentPanel>[] = [
  useEditStudent,
  useStudentMail,
  of(useCases),
  of(useAccount),
  of(useBulkDelete),
];

/** What can be done on the page of a student or alum. */
export const PAGE_ACTIONS: readonly ActionSet<StudentPanel>[] = [useWork, ...PANEL_ACTIONS, useAuditAction];

/** What can be done with one in the trash. */
export const TRASHED_ACTIONS: readonly ActionSet<StudentPanel>[] = [useTrashedStudent, useAuditAction];
