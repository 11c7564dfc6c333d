import type { FieldGroup, FieldSchema, FieldType, KindSchema } from "../bindings.ts";

const line: FieldType = { type: "text", max: 200 };

function field(
  key: string,
  label: string,
  group: FieldGroup,
  type: FieldType,
  more: Partial<FieldSchema> = {},
): FieldSchema {
  return {
    key,
    label,
    field_type: type,
    group,
    required: false,
    editable: true,
    importable: true,
    filterable: true,
    sortable: true,
    searchable: false,
    bulk_editable: false,
    auto_synced: false,
    newcomers: false,
    attribute: false,
    ...more,
  };
}

const bySystem = { editable: false, importable: false };
const sources = [
  "oci_interviewer",
  "employer_user_sign_up",
  "experiential_learning_supervisor",
  "event_contact",
  "job_fair_registration",
  "interviewer",
  "task",
  "admin",
  "import",
];

const contact: FieldSchema[] = [
  field("created_at", "Created", "status", { type: "moment" }, bySystem),
  field("name_prefix", "Prefix", "name", line),
  field("first_name", "First name", "name", line, { required: true, searchable: true }),
  field("middle_name", "Middle name", "name", line),
  field("last_name", "Last name", "name", line, { required: true, searchable: true }),
  field("name_suffix", "Suffix", "name", line),
  field("preferred_name", "Preferred name", "name", line),
  field("pronouns", "Pronouns", "name", line),
  field("email", "E-mail", "reach", { type: "email" }, { required: true, searchable: true }),
  field("email_2", "Second e-mail", "reach", { type: "email" }),
  field("email_3", "Third e-mail", "reach", { type: "email" }),
  field("title", "Job title", "work", line, { bulk_editable: true }),
  field("department", "Department", "work", line, { bulk_editable: true }),
  field("employer", "Employer", "work", { type: "reference", kind: "employer" }, { bulk_editable: true }),
  field("work_phone", "Work phone", "reach", { type: "phone" }),
  field("mobile_phone", "Mobile phone", "reach", { type: "phone" }),
  field("home_phone", "Home phone", "reach", { type: "phone" }),
  field("other_phone", "Other phone", "reach", { type: "phone" }),
  field("fax", "Fax", "reach", { type: "phone" }),
  field("street", "Street", "address", { type: "long_text", max: 500 }),
  field("city", "City", "address", line),
  field("region", "State or region", "address", line),
  field("postal_code", "Postal code", "address", line),
  field("country", "Country", "address", line),
  field("website", "Website", "online", { type: "url" }),
  field("linkedin", "LinkedIn", "online", { type: "url" }),
  field("social", "Other social link", "online", { type: "url" }),
  field("labels", "Labels", "about", { type: "list" }, { bulk_editable: true }),
  field("description", "About", "about", { type: "long_text", max: 20_000 }),
  field("source", "Source", "status", { type: "choice", choices: sources }, bySystem),
  field("added_by", "Added by", "status", line, bySystem),
  field(
    "approval",
    "Approval status",
    "status",
    { type: "choice", choices: ["pending", "approved", "rejected"] },
    bySystem,
  ),
  field("visibility", "Visibility", "status", { type: "choice", choices: ["myself", "career_advisors", "students"] }),
  field("auto_sync", "AutoSync", "status", { type: "flag" }),
  field("owner", "Owner", "status", { type: "reference", kind: "staff" }),
  field("access", "Access", "status", { type: "choice", choices: ["none", "on", "off"] }, bySystem),
];

const employer: FieldSchema[] = [
  field("created_at", "Created", "status", { type: "moment" }, bySystem),
  field("name", "Name", "name", line, { required: true, searchable: true }),
  field("website", "Website", "online", { type: "url" }),
  field("email", "E-mail", "reach", { type: "email" }),
  field("phone", "Phone", "reach", { type: "phone" }),
  field("industry", "Industry", "work", line),
  field("street", "Street", "address", { type: "long_text", max: 500 }),
  field("city", "City", "address", line),
  field("region", "State or region", "address", line),
  field("postal_code", "Postal code", "address", line),
  field("country", "Country", "address", line),
  field("description", "About", "about", { type: "long_text", max: 20_000 }),
  field("labels", "Labels", "about", { type: "list" }),
  field("primary_contact", "Primary contact", "work", { type: "reference", kind: "contact" }, bySystem),
];

const note: FieldSchema[] = [field("text", "Note", "about", { type: "long_text", max: 20_000 })];
const role: FieldSchema[] = [field("name", "Name", "name", line, { required: true })];
const staff: FieldSchema[] = [
  field("first_name", "First name", "name", line),
  field("last_name", "Last name", "name", line),
];
const employerUser: FieldSchema[] = [
  field("created_at", "Signed up", "status", { type: "moment" }, bySystem),
  field("email", "E-mail", "reach", { type: "email" }),
  field("employer", "Employer", "work", { type: "reference", kind: "employer" }),
  field("contact", "Contact", "work", { type: "reference", kind: "contact" }, bySystem),
  field("last_log_in", "Last log-in", "status", { type: "moment" }, bySystem),
  field("role", "Role", "status", { type: "reference", kind: "role" }, bySystem),
  field("access", "Access", "status", { type: "flag" }, bySystem),
];

export const schema: KindSchema[] = [
  { kind: "contact", fields: contact, retired: [], importable: true },
  { kind: "employer", fields: employer, retired: [], importable: false },
  { kind: "note", fields: note, retired: [], importable: true },
  { kind: "role", fields: role, retired: [], importable: false },
  { kind: "staff", fields: staff, retired: [], importable: false },
  { kind: "employer_user", fields: employerUser, retired: [], importable: false },
];
