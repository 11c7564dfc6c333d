import type { BackupRow, BackupSource, LookInfo, LookRow, RestoreDone, RestorePreview } from "../bindings.ts";
import type { FakeDesk } from "./desk.ts";

const MADE_AT = Date.UTC(2026, 2, 3, 9, 30);

/** The backups of each desk, the newest first. */
const made = new WeakMap<FakeDesk, BackupRow[]>();

/** What was chosen. */
const chosen = { room: 10_000_000_000 };

function row(n: number, part: Partial<BackupRow> = {}): BackupRow {
  const name = `liaison-riverton-university-${n}.liaison-backup`;
  const path = `/backups/${name}`;
  return {
    path,
    place: "here",
    name,
    made_at: MADE_AT + n * 3_600_000,
    reason: "idle",
    size: 4_300_000,
    problem: null,
    ...part,
  };
}

function rows(desk: FakeDesk): BackupRow[] {
  const known = made.get(desk) ?? [row(2), row(1, { reason: "import", problem: "altered", made_at: null }), row(0)];
  made.set(desk, known);
  return known;
}

export const backupHandlers = {
  backup_status: () => ({ last_at: MADE_AT, troubles: [] }),
  backup_settings: () => ({ folder: null, room: chosen.room }),
  backup_room_set: ({ room }: { room: number }) => {
    chosen.room = room;
    return null;
  },
  backup_list: (_args: unknown, desk: FakeDesk) => rows(desk),
  backup_create: (_args: unknown, desk: FakeDesk) => {
    const next = row(9, { reason: "manual" });
    made.set(desk, [next, ...rows(desk)]);
    return next;
  },
  backup_check: ({ name }: { name: string }) => ({ path: name, problem: "altered" }),
  backup_preview: (
    { source, passcode }: { source: BackupSource; passcode: string | null },
    desk: FakeDesk,
  ): RestorePreview => {
    if (source.from === "chosen" && passcode === null) throw { code: "keychain", detail: "another key" };
    if (passcode !== null && passcode !== "correct horse battery") throw { code: "wrong_passcode" };
    return {
      made_at: MADE_AT,
      contacts: desk.contacts.length - 1,
      employers: 12,
      changed_at: MADE_AT - 60_000,
      lost: 3,
      messages: 1,
    };
  },
  backup_restore: (): RestoreDone => ({
    made_at: MADE_AT,
    backup: "/backups/before",
    aside: null,
    aside_days: null,
    messages: 1,
  }),
  backup_choose: () => "elsewhere.liaison-backup",
  backup_look_open: (_args: unknown, desk: FakeDesk): LookInfo => ({
    made_at: MADE_AT,
    institution: "Riverton University",
    contacts: desk.contacts.length,
    employers: 12,
    students: 0,
    changed_at: null,
  }),
  backup_look_search: ({ text }: { text: string }): LookRow[] =>
    text === "nobody"
      ? []
      : [
          {
            kind: "contact",
            id: "one",
            name: "Dana Reyes",
            email: "dana@acme.example",
            deleted: false,
            changed_at: MADE_AT,
            by: "Priya Raman",
          },
        ],
  backup_look_close: () => null,
};
