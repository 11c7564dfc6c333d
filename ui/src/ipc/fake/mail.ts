import type { InstitutionLook, MailDraft, MailPreview, OutboxFilter, OutboxRow } from "../bindings.ts";

const LOOK: InstitutionLook = {
  name: "Riverton University",
  color: "#7a0019",
  logo: "",
  email: "careers@riverton.example",
  phone: "+1 555 0100",
  website: "",
  address: "1 College Row",
};

/** A message as it is written, without the look that Rust gives it. */
function preview({ subject, text }: MailDraft): MailPreview {
  const unknown = [...`${subject} ${text}`.matchAll(/\{\{\s*(\w+)/g)].map(([, place]) => place ?? "");
  const wrong = unknown.filter((place) => !["first_name", "institution", "employer"].includes(place));
  if (wrong.length > 0)
    throw {
      code: "validation",
      fields: [{ field: "text", problem: { kind: "unknown_places", places: wrong } }],
    };
  const fill = (words: string) => words.replace(/\{\{\s*first_name[^}]*\}\}/g, "Dana");
  return {
    to: "Dana Reyes <dana.reyes@acme.example>",
    subject: fill(subject),
    text: fill(text),
    html: `<p>${fill(text)}</p>`,
    empty_places: unknown.includes("employer") ? ["employer"] : [],
  };
}

const message = (n: number, part: Partial<OutboxRow>): OutboxRow => ({
  id: `message-${n}`,
  mailing: "mailing-1",
  purpose: "outreach",
  contact: null,
  student: null,
  employer_user: null,
  name: `Person ${n}`,
  address: `person${n}@acme.example`,
  subject: "The career fair",
  state: "sent",
  attempts: 0,
  due_at: 1_700_000_000_000,
  changed_at: 1_700_000_000_000,
  reason: null,
  detail: null,
  ...part,
});
const OUTBOX = [
  message(1, { state: "unclear", reason: "interrupted" }),
  message(2, { state: "failed", reason: "recipient", detail: "550 5.1.1 No such person here" }),
  message(3, {}),
];

/** Mail of a desk in memory: one message needs a decision, one failed, one was sent. */
export const mailHandlers = {
  mail_settings: () => ({ settings: null, has_password: false, in_keychain: false }),
  mail_status: () => ({ set_up: true, waiting: 0, unclear: 1, failed: 1, trouble: null, next_try_at: null }),
  mail_templates: () => [
    {
      id: null,
      name: "",
      purpose: "welcome",
      subject: "Welcome to {{institution}}",
      text: "Dear {{first_name|colleague}}",
    },
  ],
  mail_preview: ({ draft }: { draft: MailDraft }) => preview(draft),
  mail_outreach_preview: ({ draft, place }: { draft: MailDraft; place: number }) => ({
    recipients: 2,
    left_out: [{ reason: "do_not_email", count: 1, people: [{ id: "nobody", name: "Eli Stone" }] }],
    empty_places: [],
    shown: place < 2 ? preview(draft) : null,
  }),
  outbox_list: ({ filter, offset, limit }: { filter: OutboxFilter; offset: number; limit: number }) => {
    const rows = OUTBOX.filter(({ state }) => filter.state === null || state === filter.state);
    return {
      counts: OUTBOX.map(({ state }) => ({ state, count: 1 })),
      rows: filter.to === null ? rows.slice(offset, offset + limit) : [],
    };
  },
  outbox_get: ({ id }: { id: string }) => ({
    row: OUTBOX.find((row) => row.id === id),
    text: "See you there.",
    message_id: `<${id}@riverton.example>`,
    email: null,
  }),
  institution_look: () => LOOK,
  institution_preview: ({ look }: { look: InstitutionLook }) => ({
    color: { color: look.color || "#1d4ed8", contrast: 9.1, readable: true, words: "#ffffff" },
    mail: preview({ subject: `Welcome to ${look.name}`, text: "Dear {{first_name}}" }),
    problems: [],
  }),
};
