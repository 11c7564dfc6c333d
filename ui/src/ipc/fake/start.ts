import type { NamedFile, Progress, SetupInput } from "../bindings.ts";
import type { FakeDesk } from "./desk.ts";
import { named } from "./import.ts";
import { fakeContact, STAFF } from "./people.ts";

type Reporter = { onmessage: (progress: Progress) => void };

const PERMISSIONS = [
  "view_contacts",
  "edit_contacts",
  "review_contacts",
  "manage_access",
  "import_contacts",
  "view_audit_log",
  "undo",
  "send_mail",
  "erase_contacts",
  "manage_roles",
  "manage_staff",
  "manage_settings",
  "merge_contacts",
  "delete_contacts",
];
/** What is entered one time too often. */
export const TOO_SOON = "the sixth wrong one";
const NEW_RECOVERY_KEY = "2MZD-9XWA-T4RH-VB3N-8PJC-5EGS-YL6U-K7QF";
const RECOVERY_KEY = "K7QF-2MZD-9XWA-T4RH-VB3N-8PJC-5EGS-YL6U";

// Read once: the address changes as one moves about.
const address = new URLSearchParams(window.location.search);
const asked = (name: string) => address.get(name);
let institution = "Riverton University";
let actor = { ...STAFF };
let ownPasscode = "correct horse";
let openFile: NamedFile | null | undefined;

let told = false;

/** Wrong passcodes before this start: `?failed=3`. */
function askedFailures() {
  told = true;
  const count = Number(asked("failed") ?? 0);
  return count > 0 ? { count, since: Date.now() - 3_600_000 } : null;
}

let clockAccepted = false;

/** A clock in doubt: `?clock=1`. */
function askedClock() {
  return asked("clock") && !clockAccepted ? { now: Date.UTC(2031, 0, 6, 12), last: Date.UTC(2026, 10, 28, 12) } : null;
}

function problemsOf(input: SetupInput) {
  const wrong: { field: string; problem: { kind: string } }[] = [];
  for (const field of ["institution", "first_name", "last_name", "email"] as const)
    if (input[field].trim() === "") wrong.push({ field, problem: { kind: "required" } });
  if (input.email.trim() !== "" && !/^\S+@\S+\.\S+$/.test(input.email))
    wrong.push({ field: "email", problem: { kind: "not_an_email" } });
  if (input.passcode !== null && input.passcode.length < 12)
    wrong.push({ field: "passcode", problem: { kind: "required" } });
  return wrong;
}

function addSample(desk: FakeDesk, count: number) {
  const start = desk.contacts.length;
  for (let n = 0; n < count; n++) {
    const contact = fakeContact(1_000_000 + start + n, 0, Date.now());
    desk.contacts.push(contact);
    desk.byId.set(contact.id, contact);
  }
}

/** First start, unlocking and sample data. `?phase=setup|locked`, `&keychain=0`, `&problem=1`, `&file=b.csv`. */
export const startHandlers = {
  app_state: (_args: unknown, desk: FakeDesk) => {
    if (openFile === undefined) openFile = asked("file") === null ? null : named(asked("file") ?? "");
    const isReady = desk.options.phase === "ready";
    const given = isReady ? openFile : null;
    if (isReady) openFile = null;
    return {
      phase: desk.options.phase,
      institution: isReady ? institution : null,
      actor: isReady ? { ...actor, role: "administrator", own_role: null, permissions: PERMISSIONS } : null,
      keychain: asked("keychain") !== "0",
      damage: null,
      problem: asked("problem") && !isReady ? { kind: "keychain", detail: "no secret service answered" } : null,
      clock: askedClock(),
      failures: told ? null : askedFailures(),
      version: "0.1.0",
      open_file: given,
      locale: "en_US.UTF-8",
    };
  },
  clock_check: () => askedClock(),
  clock_accept: () => {
    clockAccepted = true;
    return null;
  },
  setup_create: async ({ input }: { input: SetupInput }, desk: FakeDesk) => {
    const fields = problemsOf(input);
    if (fields.length > 0) throw { code: "validation", fields };
    await new Promise((resolve) => setTimeout(resolve, Number(asked("slow") ?? 300)));
    institution = input.institution;
    actor = { ...STAFF, name: `${input.first_name} ${input.last_name}`, email: input.email };
    if (input.sample_contacts) addSample(desk, input.sample_contacts);
    desk.options.phase = "ready";
    return { recovery_key: RECOVERY_KEY };
  },
  unlock: ({ passcode }: { passcode: string }, desk: FakeDesk) => {
    if (passcode === RECOVERY_KEY) throw { code: "recovery_key" };
    if (passcode === TOO_SOON) throw { code: "too_soon", seconds: 2 };
    if (passcode !== ownPasscode) throw { code: "wrong_passcode" };
    desk.options.phase = "ready";
    return null;
  },
  recovery_administrators: () => [{ id: STAFF.id, name: STAFF.name, email: STAFF.email }],
  recover: ({ passcode }: { passcode: string }) => {
    if (passcode.length < 12)
      throw { code: "validation", fields: [{ field: "passcode", problem: { kind: "too_short", least: 12 } }] };
    ownPasscode = passcode;
    return { recovery_key: NEW_RECOVERY_KEY, institution };
  },
  security: () => ({ auto_lock_minutes: Number(asked("idle") ?? 15), can_lock: true }),
  presence: (_: unknown, desk: FakeDesk) => {
    desk.presence++;
    return null;
  },
  lock: (_: unknown, desk: FakeDesk) => {
    desk.options.phase = "locked";
    return null;
  },
  sample_create: async ({ contacts, progress }: { contacts: number; progress: Reporter }, desk: FakeDesk) => {
    for (let step = 0; step <= 10; step++) {
      progress.onmessage({ done: (contacts * step) / 10, total: contacts });
      await new Promise((resolve) => setTimeout(resolve, Number(asked("slow") ?? 20)));
    }
    addSample(desk, contacts);
    const operation = desk.record("sample.create", [], ["contacts", "employers", "queue"], { count: contacts });
    return { operation, contacts, employers: 40, students: 0 };
  },
  operation_cancel: () => null,
};
