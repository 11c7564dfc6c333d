import { useNavigate } from "@tanstack/react-router";
import { BookUser, FolderOpen, MailPlus, Users } from "lucide-react";
import { lazy, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, SortKey } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { useWide } from "~/kit/components/useWide.ts";
import { RecordList } from "~/records/list/RecordList.tsx";
import { BuiltInStrip } from "~/records/views/BuiltInStrip.tsx";
import { useAppState } from "~/session/session.ts";
import { AddUser } from "./AddUser.tsx";
import { CASE_BULK, CASE_ROW, STUDENT_BULK, STUDENT_ROW } from "./actions.tsx";
import { StudentPanel } from "./StudentPanel.tsx";
import { STUDENT_CELLS } from "./studentCells.tsx";

const NewStudent = lazy(() => import("./NewStudent.tsx"));

const SHOWN = ["name", "status", "assigned_to", "user_group", "standing", "email", "invited_at"];
const MINE = ["name", "status", "user_group", "standing", "major", "email", "last_log_in"];
const WIDTHS = { name: 220, status: 128, assigned_to: 170, user_group: 150, standing: 96, email: 230, invited_at: 120 };
const BY_NAME: SortKey[] = [{ field: "name", descending: false }];
const ASSIGNED_TO = ["assigned_to"];
/** The filters of All Users (M39) that part a caseload; all of it is assigned. */
const CASE_VIEWS = [
  "students_active",
  "students_inactive",
  "students_refused",
  "students_not_invited",
  "students_deactivated",
];

const shared = {
  kind: "student",
  words: "students",
  widths: WIDTHS,
  sort: BY_NAME,
  render: STUDENT_CELLS,
  bulk: STUDENT_BULK,
  rowActions: STUDENT_ROW,
  peek: ({ id, name }: { id: string; name: string }) => <StudentPanel id={id} name={name} />,
} as const;

/** Students and alumni: who has activated, who manages them, which group they are in (M33). */
export function AllUsers() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // Beside an open panel there is no room for it; the panel leads there, too.
  const isWide = useWide(1400);
  return (
    <RecordList
      {...shared}
      shown={SHOWN}
      icon={Users}
      addPermission="manage_users"
      add={(create) => <AddUser onCreate={create} />}
      form={(close) => <NewStudent onClose={close} />}
      tools={() => (
        <>
          {isWide && (
            <IconButton
              label={t("invitations.open")}
              icon={MailPlus}
              onPress={() => void navigate({ to: "/students/invitations", search: {} })}
            />
          )}
          <Button icon={FolderOpen} onPress={() => void navigate({ to: "/students/groups" })}>
            {t("groups.title")}
          </Button>
        </>
      )}
    />
  );
}

/** Those assigned to whoever is at the desk (M38). */
export function Caseload() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useAppState().actor?.id;
  const base = useMemo<Condition[]>(() => [{ field: "assigned_to", op: "is", values: me ? [me] : [] }], [me]);
  return (
    <RecordList
      {...shared}
      bulk={CASE_BULK}
      rowActions={CASE_ROW}
      shown={MINE}
      name="caseload"
      label={t("students.caseload.list")}
      base={base}
      without={ASSIGNED_TO}
      icon={BookUser}
      above={(list) => <BuiltInStrip list={list} keys={CASE_VIEWS} base={base} />}
      start={{
        sentence: t("students.caseload.none"),
        action: (
          <Button onPress={() => void navigate({ to: "/students", search: {} })}>{t("students.caseload.toAll")}</Button>
        ),
      }}
    />
  );
}
