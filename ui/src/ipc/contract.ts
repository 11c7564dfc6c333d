// Generated from Rust by `cargo xtask bindings`. Do not edit.
import type { CacheTag, DeskPermissionInfo, ExportFormat, KindSchema, OperationKind, Part, PortalPermissionInfo, RecordKind } from "./bindings.ts";

/** What shows records of a kind, what shows nothing else first: queries about them begin with that. */
export const CACHE_TAGS = {
  contact: ["contacts","queue","duplicates"],
  employer: ["employers"],
  employer_user: ["employer_users","contacts"],
  role: ["roles","contacts"],
  note: ["notes","activities"],
  staff: ["institution"],
  institution: ["institution"],
  task: ["activities"],
  meeting: ["activities"],
  event: ["activities"],
  participation: ["activities"],
  interview_schedule: ["activities"],
  job_listing: ["activities"],
  experience: ["activities"],
  email: ["activities"],
  employment: ["employments"],
  attribute: ["fields","contacts","employers"],
  label: ["labels"],
  saved_view: ["views"],
  distinct_pair: ["duplicates"],
  student: ["students"],
  user_group: ["groups","students"],
  onboarding_question: ["onboarding","students"],
  onboarding_answer: ["onboarding","students"],
  staff_role: ["institution"],
  invitation: ["invitations","students"],
  mail_template: ["mail"],
} as const satisfies { [kind in RecordKind]: readonly [CacheTag, ...CacheTag[]] };

/** What a desk without attributes of its own answers when it is asked for its fields. */
export const SCHEMA: KindSchema[] = [
  { kind: "contact", importable: true, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"name_prefix","label":"Prefix","field_type":{"type":"text","max":200},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"first_name","label":"First name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":true,"newcomers":false,"attribute":false},
    {"key":"middle_name","label":"Middle name","field_type":{"type":"text","max":200},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"last_name","label":"Last name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":true,"newcomers":false,"attribute":false},
    {"key":"name_suffix","label":"Suffix","field_type":{"type":"text","max":200},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"preferred_name","label":"Preferred name","field_type":{"type":"text","max":200},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"pronouns","label":"Pronouns","field_type":{"type":"text","max":200},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"email","label":"E-mail","field_type":{"type":"email"},"group":"reach","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"email_2","label":"Second e-mail","field_type":{"type":"email"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"email_3","label":"Third e-mail","field_type":{"type":"email"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"title","label":"Job title","field_type":{"type":"text","max":200},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"department","label":"Department","field_type":{"type":"text","max":200},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"employer","label":"Employer","field_type":{"type":"reference","kind":"employer"},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"work_phone","label":"Work phone","field_type":{"type":"phone"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":true,"newcomers":false,"attribute":false},
    {"key":"mobile_phone","label":"Mobile phone","field_type":{"type":"phone"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"home_phone","label":"Home phone","field_type":{"type":"phone"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"other_phone","label":"Other phone","field_type":{"type":"phone"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"fax","label":"Fax","field_type":{"type":"phone"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"street","label":"Street","field_type":{"type":"long_text","max":500},"group":"address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":true,"newcomers":false,"attribute":false},
    {"key":"city","label":"City","field_type":{"type":"text","max":200},"group":"address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":true,"auto_synced":true,"newcomers":false,"attribute":false},
    {"key":"region","label":"State or region","field_type":{"type":"text","max":200},"group":"address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":true,"newcomers":false,"attribute":false},
    {"key":"postal_code","label":"Postal code","field_type":{"type":"text","max":200},"group":"address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":true,"newcomers":false,"attribute":false},
    {"key":"country","label":"Country","field_type":{"type":"text","max":200},"group":"address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":true,"newcomers":false,"attribute":false},
    {"key":"website","label":"Website","field_type":{"type":"url"},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":true,"newcomers":false,"attribute":false},
    {"key":"linkedin","label":"LinkedIn","field_type":{"type":"url"},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"social","label":"Other social link","field_type":{"type":"url"},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"labels","label":"Labels","field_type":{"type":"list"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"About","field_type":{"type":"long_text","max":20000},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"source","label":"Source","field_type":{"type":"choice","choices":["oci_interviewer","employer_user_sign_up","experiential_learning_supervisor","event_contact","job_fair_registration","interviewer","task","admin","import"]},"group":"status","required":false,"editable":false,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"added_by","label":"Added by","field_type":{"type":"text","max":200},"group":"status","required":false,"editable":false,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"approval","label":"Approval status","field_type":{"type":"choice","choices":["pending","approved","rejected"]},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"visibility","label":"Visibility","field_type":{"type":"choice","choices":["myself","career_advisors","students"]},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"auto_sync","label":"AutoSync","field_type":{"type":"flag"},"group":"status","required":false,"editable":true,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"owner","label":"Owner","field_type":{"type":"reference","kind":"staff"},"group":"status","required":false,"editable":true,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"former_emails","label":"Former e-mails","field_type":{"type":"list"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"industry","label":"Industry","field_type":{"type":"text","max":200},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":true,"newcomers":false,"attribute":false},
    {"key":"home_street","label":"Home street","field_type":{"type":"long_text","max":500},"group":"home_address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"home_city","label":"Home city","field_type":{"type":"text","max":200},"group":"home_address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"home_region","label":"Home state or region","field_type":{"type":"text","max":200},"group":"home_address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"home_postal_code","label":"Home postal code","field_type":{"type":"text","max":200},"group":"home_address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"home_country","label":"Home country","field_type":{"type":"text","max":200},"group":"home_address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"x_profile","label":"X","field_type":{"type":"url"},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"github","label":"GitHub","field_type":{"type":"url"},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"facebook","label":"Facebook","field_type":{"type":"url"},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"instagram","label":"Instagram","field_type":{"type":"url"},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"bounced_at","label":"Last bounce","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"merged_into","label":"Merged into","field_type":{"type":"reference","kind":"contact"},"group":"status","required":false,"editable":false,"importable":false,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"added_by_user","label":"Added by employer user","field_type":{"type":"reference","kind":"employer_user"},"group":"status","required":false,"editable":false,"importable":false,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"added_by_student","label":"Added by student","field_type":{"type":"reference","kind":"student"},"group":"status","required":false,"editable":false,"importable":false,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"access","label":"Access","field_type":{"type":"choice","choices":["none","on","off"]},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"last_heard","label":"Last heard of","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"last_log_in","label":"Last log-in","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "employer", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"name","label":"Name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"website","label":"Website","field_type":{"type":"url"},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"email","label":"E-mail","field_type":{"type":"email"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"phone","label":"Phone","field_type":{"type":"phone"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"industry","label":"Industry","field_type":{"type":"text","max":200},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"street","label":"Street","field_type":{"type":"long_text","max":500},"group":"address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"city","label":"City","field_type":{"type":"text","max":200},"group":"address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"region","label":"State or region","field_type":{"type":"text","max":200},"group":"address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"postal_code","label":"Postal code","field_type":{"type":"text","max":200},"group":"address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"country","label":"Country","field_type":{"type":"text","max":200},"group":"address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"About","field_type":{"type":"long_text","max":20000},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"labels","label":"Labels","field_type":{"type":"list"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"primary_contact","label":"Primary contact","field_type":{"type":"reference","kind":"contact"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"linkedin","label":"LinkedIn","field_type":{"type":"url"},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"merged_into","label":"Merged into","field_type":{"type":"reference","kind":"employer"},"group":"status","required":false,"editable":false,"importable":false,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"confirmation","label":"Confirmation","field_type":{"type":"choice","choices":["confirmed","claimed"]},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"email_domains","label":"E-mail domains","field_type":{"type":"list"},"group":"reach","required":false,"editable":true,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"contacts","label":"Contacts","field_type":{"type":"number"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"users","label":"Employer users","field_type":{"type":"number"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"last_contact","label":"Last contact","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "employer_user", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"first_name","label":"First name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"last_name","label":"Last name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"email","label":"E-mail","field_type":{"type":"email"},"group":"reach","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"employer","label":"Employer","field_type":{"type":"reference","kind":"employer"},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"role","label":"Role","field_type":{"type":"reference","kind":"role"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"access","label":"User Can Access Your Site","field_type":{"type":"flag"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"last_log_in","label":"Last log-in","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"title","label":"Job title","field_type":{"type":"text","max":200},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"work_phone","label":"Work phone","field_type":{"type":"phone"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"not_activated","label":"Not activated yet","field_type":{"type":"flag"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"contact","label":"Contact","field_type":{"type":"reference","kind":"contact"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "role", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"name","label":"Name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"built_in","label":"Built in","field_type":{"type":"flag"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"permissions","label":"Permissions","field_type":{"type":"list"},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "note", importable: true, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"contact","label":"Contact","field_type":{"type":"reference","kind":"contact"},"group":"status","required":false,"editable":false,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"text","label":"Text","field_type":{"type":"long_text","max":50000},"group":"about","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"author","label":"Author","field_type":{"type":"reference","kind":"staff"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"student","label":"Student","field_type":{"type":"reference","kind":"student"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "staff", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"first_name","label":"First name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"last_name","label":"Last name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"email","label":"E-mail","field_type":{"type":"email"},"group":"reach","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"role","label":"Role","field_type":{"type":"choice","choices":["administrator","advisor","viewer"]},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"own_role","label":"Own role","field_type":{"type":"reference","kind":"staff_role"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"deactivated_at","label":"Deactivated","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "institution", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"name","label":"Name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"email","label":"E-mail","field_type":{"type":"email"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"phone","label":"Phone","field_type":{"type":"phone"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"website","label":"Website","field_type":{"type":"url"},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"address","label":"Address","field_type":{"type":"long_text","max":500},"group":"address","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"color","label":"Color","field_type":{"type":"text","max":7},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"logo","label":"Logo","field_type":{"type":"long_text","max":700000},"group":"status","required":false,"editable":true,"importable":true,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"portal","label":"Portal address","field_type":{"type":"url"},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"invitation_days","label":"Invitations valid for days","field_type":{"type":"number"},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"time_zone","label":"Time zone","field_type":{"type":"text","max":200},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"sign_up","label":"Who can sign up","field_type":{"type":"choice","choices":["open","known_domains","by_invitation"]},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"hire_text","label":"Text for employers","field_type":{"type":"long_text","max":2000},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "task", importable: true, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"contact","label":"Contact","field_type":{"type":"reference","kind":"contact"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":true,"attribute":false},
    {"key":"title","label":"Task","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"Details","field_type":{"type":"long_text","max":20000},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"due_on","label":"Due","field_type":{"type":"date"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"remind_at","label":"Reminder","field_type":{"type":"moment"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"assignee","label":"Assigned to","field_type":{"type":"reference","kind":"staff"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"done","label":"Done","field_type":{"type":"flag"},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"student","label":"Student","field_type":{"type":"text","max":200},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"author","label":"Added by","field_type":{"type":"reference","kind":"staff"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"about_student","label":"About student","field_type":{"type":"reference","kind":"student"},"group":"about","required":false,"editable":true,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "meeting", importable: true, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"contact","label":"Contact","field_type":{"type":"reference","kind":"contact"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":true,"attribute":false},
    {"key":"title","label":"Subject","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"starts_at","label":"Starts","field_type":{"type":"moment"},"group":"schedule","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"ends_at","label":"Ends","field_type":{"type":"moment"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"time_zone","label":"Time zone","field_type":{"type":"text","max":200},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"location","label":"Location","field_type":{"type":"text","max":200},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"guests","label":"Guests","field_type":{"type":"list"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"remind_minutes","label":"Reminder, minutes before","field_type":{"type":"number"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"Notes","field_type":{"type":"long_text","max":20000},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"organizer","label":"Organizer","field_type":{"type":"reference","kind":"staff"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"student","label":"Student","field_type":{"type":"reference","kind":"student"},"group":"about","required":false,"editable":true,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "event", importable: true, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"title","label":"Title","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"type","label":"Type","field_type":{"type":"choice","choices":["event","job_fair"]},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"starts_at","label":"Starts","field_type":{"type":"moment"},"group":"schedule","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"ends_at","label":"Ends","field_type":{"type":"moment"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"time_zone","label":"Time zone","field_type":{"type":"text","max":200},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"location","label":"Location","field_type":{"type":"text","max":200},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"Description","field_type":{"type":"long_text","max":20000},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"employer","label":"Employer","field_type":{"type":"reference","kind":"employer"},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"contact","label":"Event contact","field_type":{"type":"reference","kind":"contact"},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":true,"attribute":false},
    {"key":"published","label":"Shown in the portal to","field_type":{"type":"choice","choices":["nobody","employers","employers_and_students"]},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"register_until","label":"Register until","field_type":{"type":"moment"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"places","label":"Places","field_type":{"type":"number"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "participation", importable: true, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"contact","label":"Contact","field_type":{"type":"reference","kind":"contact"},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"part","label":"Part","field_type":{"type":"choice","choices":["attendee","registered","additional_contact","interviewer"]},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"meeting","label":"Meeting","field_type":{"type":"reference","kind":"meeting"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"event","label":"Event","field_type":{"type":"reference","kind":"event"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"interview_schedule","label":"Interview schedule","field_type":{"type":"reference","kind":"interview_schedule"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"status","label":"Status","field_type":{"type":"choice","choices":["expected","attended","absent","cancelled"]},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"remark","label":"Remark","field_type":{"type":"text","max":200},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"registered_by","label":"Registered by","field_type":{"type":"reference","kind":"employer_user"},"group":"status","required":false,"editable":false,"importable":false,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"named","label":"Registered with them","field_type":{"type":"list"},"group":"status","required":false,"editable":false,"importable":false,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"employer","label":"Employer","field_type":{"type":"reference","kind":"employer"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"email","label":"E-mail","field_type":{"type":"email"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "interview_schedule", importable: true, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"title","label":"Title","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"type","label":"Type","field_type":{"type":"choice","choices":["on_campus","video"]},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"employer","label":"Employer","field_type":{"type":"reference","kind":"employer"},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"contact","label":"Posted by","field_type":{"type":"reference","kind":"contact"},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":true,"attribute":false},
    {"key":"held_on","label":"Day","field_type":{"type":"date"},"group":"schedule","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"location","label":"Location","field_type":{"type":"text","max":200},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"slots","label":"Interview slots","field_type":{"type":"number"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"Description","field_type":{"type":"long_text","max":20000},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"status","label":"Status","field_type":{"type":"choice","choices":["requested","confirmed","declined","cancelled"]},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"named","label":"Named by the employer","field_type":{"type":"list"},"group":"status","required":false,"editable":false,"importable":false,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "job_listing", importable: true, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"title","label":"Position","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"type","label":"Type","field_type":{"type":"choice","choices":["full_time","part_time","internship","co_op","volunteer"]},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"employer","label":"Employer","field_type":{"type":"reference","kind":"employer"},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"contact","label":"Posted by","field_type":{"type":"reference","kind":"contact"},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":true,"attribute":false},
    {"key":"status","label":"Status","field_type":{"type":"choice","choices":["draft","submitted","open","closed","declined"]},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"posted_on","label":"Posted","field_type":{"type":"date"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"closes_on","label":"Closes","field_type":{"type":"date"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"location","label":"Location","field_type":{"type":"text","max":200},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"Description","field_type":{"type":"long_text","max":20000},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"url","label":"Apply at","field_type":{"type":"url"},"group":"online","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "experience", importable: true, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"title","label":"Title","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"student","label":"Student","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"student_email","label":"Student's e-mail","field_type":{"type":"email"},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"type","label":"Type","field_type":{"type":"choice","choices":["internship","co_op","practicum","research","volunteer","job"]},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"supervisor","label":"Supervisor","field_type":{"type":"reference","kind":"contact"},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":true,"attribute":false},
    {"key":"employer","label":"Employer","field_type":{"type":"reference","kind":"employer"},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"starts_on","label":"Starts","field_type":{"type":"date"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"ends_on","label":"Ends","field_type":{"type":"date"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"status","label":"Status","field_type":{"type":"choice","choices":["planned","under_way","completed","cancelled"]},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"Description","field_type":{"type":"long_text","max":20000},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "email", importable: true, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"contact","label":"Contact","field_type":{"type":"reference","kind":"contact"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"subject","label":"Subject","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"text","label":"Message","field_type":{"type":"long_text","max":100000},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"direction","label":"Direction","field_type":{"type":"choice","choices":["sent","received","bounced"]},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"sent_at","label":"Date","field_type":{"type":"moment"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"address","label":"Address","field_type":{"type":"email"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"author","label":"Staff","field_type":{"type":"reference","kind":"staff"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"student","label":"Student","field_type":{"type":"reference","kind":"student"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "employment", importable: true, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"contact","label":"Contact","field_type":{"type":"reference","kind":"contact"},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"employer","label":"Employer","field_type":{"type":"reference","kind":"employer"},"group":"work","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"title","label":"Job title","field_type":{"type":"text","max":200},"group":"work","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"email","label":"E-mail","field_type":{"type":"email"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"started_on","label":"From","field_type":{"type":"date"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"ended_on","label":"Until","field_type":{"type":"date"},"group":"schedule","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "attribute", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"name","label":"Name","field_type":{"type":"text","max":60},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"records","label":"Records","field_type":{"type":"choice","choices":["contact","employer","employer_user"]},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"type","label":"Type","field_type":{"type":"choice","choices":["text","number","date","yes_no","choice"]},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"choices","label":"Choices","field_type":{"type":"list"},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"Description","field_type":{"type":"text","max":200},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"position","label":"Position","field_type":{"type":"number"},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"number","label":"Number","field_type":{"type":"number"},"group":"status","required":false,"editable":false,"importable":false,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"meaning","label":"Meaning","field_type":{"type":"choice","choices":["do_not_email","inactive"]},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "label", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"name","label":"Label","field_type":{"type":"text","max":60},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"color","label":"Color","field_type":{"type":"choice","choices":["grey","blue","teal","green","amber","orange","red","pink","purple"]},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"Description","field_type":{"type":"text","max":200},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "saved_view", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"name","label":"Name","field_type":{"type":"text","max":80},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"records","label":"Records","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"query","label":"Query","field_type":{"type":"long_text","max":100000},"group":"about","required":false,"editable":true,"importable":true,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"columns","label":"Columns","field_type":{"type":"list"},"group":"about","required":false,"editable":true,"importable":true,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"shared","label":"Shared","field_type":{"type":"flag"},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"pinned","label":"Pinned","field_type":{"type":"flag"},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"position","label":"Position","field_type":{"type":"number"},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"owner","label":"Owner","field_type":{"type":"reference","kind":"staff"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "distinct_pair", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"first","label":"Contact","field_type":{"type":"reference","kind":"contact"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"second","label":"Other contact","field_type":{"type":"reference","kind":"contact"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"author","label":"Decided by","field_type":{"type":"reference","kind":"staff"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "student", importable: true, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"first_name","label":"First name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"last_name","label":"Last name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"preferred_name","label":"Preferred name","field_type":{"type":"text","max":200},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"email","label":"E-mail","field_type":{"type":"email"},"group":"reach","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"phone","label":"Phone","field_type":{"type":"phone"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"standing","label":"Standing","field_type":{"type":"choice","choices":["student","alum"]},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"student_number","label":"Student number","field_type":{"type":"text","max":200},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"major","label":"Major","field_type":{"type":"text","max":200},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":true,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"graduation_year","label":"Graduation year","field_type":{"type":"number"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"user_group","label":"Group","field_type":{"type":"reference","kind":"user_group"},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"assigned_to","label":"Assigned to","field_type":{"type":"reference","kind":"staff"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"About","field_type":{"type":"long_text","max":20000},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"activated_at","label":"Activated","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"deactivated_at","label":"Deactivated","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"invited_at","label":"Last invited","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"last_log_in","label":"Last log-in","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"do_not_email","label":"Do not email","field_type":{"type":"flag"},"group":"reach","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":true,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"bounced_at","label":"Last bounce","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"status","label":"Status","field_type":{"type":"choice","choices":["active","inactive","refused","not_invited","deactivated"]},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "user_group", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"name","label":"Name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"Description","field_type":{"type":"text","max":200},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "onboarding_question", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"text","label":"Question","field_type":{"type":"text","max":500},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"type","label":"Type","field_type":{"type":"choice","choices":["text","yes_no","choice","choices"]},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"choices","label":"Choices","field_type":{"type":"list"},"group":"name","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"required","label":"Must be answered","field_type":{"type":"flag"},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"position","label":"Position","field_type":{"type":"number"},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"retired","label":"No longer asked","field_type":{"type":"flag"},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "onboarding_answer", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"student","label":"User","field_type":{"type":"reference","kind":"student"},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"question","label":"Question","field_type":{"type":"reference","kind":"onboarding_question"},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"answer","label":"Answer","field_type":{"type":"list"},"group":"about","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"asked","label":"Asked","field_type":{"type":"text","max":500},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "staff_role", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"name","label":"Name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"built_in","label":"Built in","field_type":{"type":"choice","choices":["administrator","advisor","viewer"]},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"permissions","label":"Permissions","field_type":{"type":"list"},"group":"status","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"description","label":"Description","field_type":{"type":"text","max":200},"group":"about","required":false,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "invitation", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"student","label":"User","field_type":{"type":"reference","kind":"student"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"contact","label":"Contact","field_type":{"type":"reference","kind":"contact"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"type","label":"Type","field_type":{"type":"choice","choices":["welcome","reminder"]},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"address","label":"Address","field_type":{"type":"email"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"sent_at","label":"Sent","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"token_hash","label":"Token","field_type":{"type":"text","max":64},"group":"status","required":false,"editable":false,"importable":false,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"expires_at","label":"Expires","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"used_at","label":"Used","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"author","label":"Sent by","field_type":{"type":"reference","kind":"staff"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"clock","label":"Clock","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":false,"sortable":false,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
  { kind: "mail_template", importable: false, retired: [], fields: [
    {"key":"created_at","label":"Added","field_type":{"type":"moment"},"group":"status","required":false,"editable":false,"importable":false,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"name","label":"Name","field_type":{"type":"text","max":200},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"purpose","label":"Purpose","field_type":{"type":"choice","choices":["welcome","reminder","contact_invitation","contact_reminder","outreach"]},"group":"name","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"subject","label":"Subject","field_type":{"type":"text","max":200},"group":"about","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
    {"key":"text","label":"Text","field_type":{"type":"long_text","max":50000},"group":"about","required":true,"editable":true,"importable":true,"filterable":true,"sortable":true,"searchable":false,"bulk_editable":false,"auto_synced":false,"newcomers":false,"attribute":false},
  ] },
];

/** What can be chosen in a field, kind by kind, in the order it is offered. */
export const CHOICES = {
  contact: {
    source: ["oci_interviewer","employer_user_sign_up","experiential_learning_supervisor","event_contact","job_fair_registration","interviewer","task","admin","import"],
    approval: ["pending","approved","rejected"],
    visibility: ["myself","career_advisors","students"],
    access: ["none","on","off"],
  },
  employer: {
    confirmation: ["confirmed","claimed"],
  },
  staff: {
    role: ["administrator","advisor","viewer"],
  },
  institution: {
    sign_up: ["open","known_domains","by_invitation"],
  },
  event: {
    type: ["event","job_fair"],
    published: ["nobody","employers","employers_and_students"],
  },
  participation: {
    part: ["attendee","registered","additional_contact","interviewer"],
    status: ["expected","attended","absent","cancelled"],
  },
  interview_schedule: {
    type: ["on_campus","video"],
    status: ["requested","confirmed","declined","cancelled"],
  },
  job_listing: {
    type: ["full_time","part_time","internship","co_op","volunteer"],
    status: ["draft","submitted","open","closed","declined"],
  },
  experience: {
    type: ["internship","co_op","practicum","research","volunteer","job"],
    status: ["planned","under_way","completed","cancelled"],
  },
  email: {
    direction: ["sent","received","bounced"],
  },
  attribute: {
    records: ["contact","employer","employer_user"],
    type: ["text","number","date","yes_no","choice"],
    meaning: ["do_not_email","inactive"],
  },
  label: {
    color: ["grey","blue","teal","green","amber","orange","red","pink","purple"],
  },
  student: {
    standing: ["student","alum"],
    status: ["active","inactive","refused","not_invited","deactivated"],
  },
  onboarding_question: {
    type: ["text","yes_no","choice","choices"],
  },
  staff_role: {
    built_in: ["administrator","advisor","viewer"],
  },
  invitation: {
    type: ["welcome","reminder"],
  },
  mail_template: {
    purpose: ["welcome","reminder","contact_invitation","contact_reminder","outreach"],
  },
} as const;

/** In which parts somebody can take part, for each kind that people take part in; the usual one first. */
export const PARTS: { [kind in RecordKind]?: readonly [Part, ...Part[]] } = {
  meeting: ["attendee"],
  event: ["registered","additional_contact"],
  interview_schedule: ["interviewer"],
};

/** What staff can be permitted to do, and what comes along with it. */
export const DESK_PERMISSIONS: DeskPermissionInfo[] = [
  {"permission":"view_contacts","group":"directory","always":true,"needs":null},
  {"permission":"edit_contacts","group":"directory","always":false,"needs":null},
  {"permission":"review_contacts","group":"directory","always":false,"needs":null},
  {"permission":"see_private","group":"directory","always":false,"needs":null},
  {"permission":"bulk_update","group":"directory","always":false,"needs":"edit_contacts"},
  {"permission":"merge_contacts","group":"directory","always":false,"needs":null},
  {"permission":"delete_contacts","group":"directory","always":false,"needs":null},
  {"permission":"erase_contacts","group":"directory","always":false,"needs":null},
  {"permission":"manage_access","group":"users","always":false,"needs":null},
  {"permission":"manage_roles","group":"users","always":false,"needs":null},
  {"permission":"manage_users","group":"users","always":false,"needs":null},
  {"permission":"assign_cases","group":"users","always":false,"needs":null},
  {"permission":"work_cases","group":"users","always":false,"needs":null},
  {"permission":"send_mail","group":"mail","always":false,"needs":null},
  {"permission":"import_contacts","group":"files","always":false,"needs":null},
  {"permission":"export_contacts","group":"files","always":false,"needs":null},
  {"permission":"view_audit_log","group":"history","always":false,"needs":null},
  {"permission":"undo","group":"history","always":false,"needs":null},
  {"permission":"share_views","group":"site","always":false,"needs":null},
  {"permission":"manage_fields","group":"site","always":false,"needs":null},
  {"permission":"manage_settings","group":"site","always":false,"needs":null},
  {"permission":"manage_staff","group":"site","always":false,"needs":null},
];

/** What employer users can be permitted to do, and what comes along with it. */
export const PORTAL_PERMISSIONS: PortalPermissionInfo[] = [
  {"permission":"edit_account","group":"account","always":true,"needs":null},
  {"permission":"invite_colleagues","group":"employer","always":false,"needs":null},
  {"permission":"edit_employer","group":"employer","always":false,"needs":null},
  {"permission":"view_contacts_of_employer","group":"employer","always":false,"needs":null},
  {"permission":"post_jobs","group":"hiring","always":false,"needs":null},
  {"permission":"view_applications","group":"hiring","always":false,"needs":"post_jobs"},
  {"permission":"manage_interviews","group":"hiring","always":false,"needs":null},
  {"permission":"register_events","group":"events","always":false,"needs":null},
  {"permission":"register_fairs","group":"events","always":false,"needs":null},
  {"permission":"view_students","group":"students","always":false,"needs":null},
  {"permission":"message_students","group":"students","always":false,"needs":"view_students"},
];

/** Operations that changed no record: there is nothing to undo. */
export const EVENT_OPERATIONS = ["security.open","security.failed","security.lock","security.passcode","security.recovery_key","security.recover","data.export","data.print","backup.create","backup.restore","clock.accept","audit.export","audit.accept"] as const satisfies readonly OperationKind[];

/** Operations after which nothing is left to bring back. */
export const ERASING_OPERATIONS = ["records.erase","contacts.erase","users.erase"] as const satisfies readonly OperationKind[];

/** What a place in a message can name. */
export const TEMPLATE_PLACES = ["first_name","last_name","full_name","name_prefix","title","employer","email","institution","sender_name","major","graduation_year","group","link_until"] as const;

/** The fields of contacts that a format has a place for; the formats that have one for each are not here. */
export const EXPORT_FIELDS: { [format in ExportFormat]?: readonly string[] } = {
  vcard: ["name_prefix","first_name","middle_name","last_name","name_suffix","preferred_name","pronouns","email","email_2","email_3","title","department","employer","work_phone","mobile_phone","home_phone","other_phone","fax","street","city","region","postal_code","country","home_street","home_city","home_region","home_postal_code","home_country","website","linkedin","x_profile","github","facebook","instagram","social","labels","description"],
  vcard4: ["name_prefix","first_name","middle_name","last_name","name_suffix","preferred_name","pronouns","email","email_2","email_3","title","department","employer","work_phone","mobile_phone","home_phone","other_phone","fax","street","city","region","postal_code","country","home_street","home_city","home_region","home_postal_code","home_country","website","linkedin","x_profile","github","facebook","instagram","social","labels","description"],
  google: ["name_prefix","first_name","middle_name","last_name","name_suffix","preferred_name","email","email_2","email_3","title","department","employer","work_phone","mobile_phone","home_phone","other_phone","fax","street","city","region","postal_code","country","home_street","home_city","home_region","home_postal_code","home_country","website","linkedin","x_profile","github","facebook","instagram","social","labels","description"],
  outlook: ["name_prefix","first_name","middle_name","last_name","name_suffix","email","email_2","email_3","title","department","employer","work_phone","mobile_phone","home_phone","other_phone","fax","street","city","region","postal_code","country","home_street","home_city","home_region","home_postal_code","home_country","website","labels","description"],
  outlook_web: ["name_prefix","first_name","middle_name","last_name","name_suffix","preferred_name","email","email_2","email_3","title","department","employer","work_phone","mobile_phone","home_phone","other_phone","fax","street","city","region","postal_code","country","home_street","home_city","home_region","home_postal_code","home_country","website","linkedin","description"],
  thunderbird: ["first_name","last_name","preferred_name","email","email_2","title","department","employer","work_phone","mobile_phone","home_phone","fax","street","city","region","postal_code","country","home_street","home_city","home_region","home_postal_code","home_country","website","linkedin","description"],
  handshake: ["first_name","last_name","email","title","employer","work_phone","mobile_phone","fax","city","region","country","description"],
};

/** How much there is of something, at most or at least. */
export const LIMITS = {
  /** Most rows of a list that are given at once. */
  window_rows: 200,
  /** Most records that become one at once. */
  merged_records: 50,
  /** Shortest passcode, in characters. */
  passcode_least: 12,
  /** Longest time without anybody at the desk until it locks, in minutes. */
  auto_lock_minutes: 480,
  /** Longest name of a view, in characters. */
  view_name: 80,
  /** How long backups keep a copy of what was erased, in days. */
  erased_days: 30,
} as const;

/** The alternatives of `ActivityTab`. */
export const ACTIVITY_TAB = ["activities","notes","tasks","meetings","emails","events","interview_schedules","job_listings","experiences","task_contacts"] as const;

/** The alternatives of `Agreement`. */
export const AGREEMENT = ["same","alike","similar","different"] as const;

/** The alternatives of `AppPhase`. */
export const APP_PHASE = ["setup","locked","ready"] as const;

/** The alternatives of `ArchiveWay`. */
export const ARCHIVE_WAY = ["employer","visibility","attribute","reject"] as const;

/** The alternatives of `BackupPlace`. */
export const BACKUP_PLACE = ["here","folder"] as const;

/** The alternatives of `BackupProblem`. */
export const BACKUP_PROBLEM = ["not_a_backup","cut_short","altered","too_new","not_whole"] as const;

/** The alternatives of `BackupReason`. */
export const BACKUP_REASON = ["manual","idle","closing","import","migration","erasure","restore"] as const;

/** The alternatives of `CacheTag`. */
export const CACHE_TAG = ["contacts","employers","employer_users","roles","notes","history","queue","institution","search","activities","employments","fields","labels","views","duplicates","students","groups","onboarding","invitations","mail","backups","sync"] as const;

/** The alternatives of `ChoiceReason`. */
export const CHOICE_REASON = ["duplicate","colleague","recent"] as const;

/** The alternatives of `CommandError`. */
export const COMMAND_ERROR = ["validation","not_found","conflict","denied","frozen","blocked","unreadable_file","unwritable_file","set_by_organization","locked","wrong_passcode","too_soon","no_longer_staff","recovery_key","storage","hub","backup","not_set_up","keychain","busy","clock_in_doubt","too_new","cancelled","internal"] as const;

/** The alternatives of `Confidence`. */
export const CONFIDENCE = ["certain","likely","guess","none"] as const;

/** The alternatives of `ConflictReason`. */
export const CONFLICT_REASON = ["changed_since","frozen","in_use","gone","already_sent","address_taken"] as const;

/** The alternatives of `DateOrder`. */
export const DATE_ORDER = ["month_first","day_first"] as const;

/** The alternatives of `Decided`. */
export const DECIDED = ["certain","guessed","chosen"] as const;

/** The alternatives of `Delivery`. */
export const DELIVERY = ["waiting","unclear","sent","not_sent","refused","bounced"] as const;

/** The alternatives of `DeskArea`. */
export const DESK_AREA = ["directory","private_contacts","queue","duplicates","trash","employer_users","roles","students","mail","import","export","history","fields","settings","staff"] as const;

/** The alternatives of `DeskGroup`. */
export const DESK_GROUP = ["directory","users","mail","files","history","site"] as const;

/** The alternatives of `Due`. */
export const DUE = ["done","overdue","today","later","open"] as const;

/** The alternatives of `Elsewhere`. */
export const ELSEWHERE = ["pending","rejected","private","filtered"] as const;

/** The alternatives of `EmployerLikeness`. */
export const EMPLOYER_LIKENESS = ["domain","website_of_address","people","website","same_name","similar_name"] as const;

/** The alternatives of `ExportFormat`. */
export const EXPORT_FORMAT = ["csv","xlsx","vcard","vcard4","google","outlook","outlook_web","thunderbird","handshake"] as const;

/** The alternatives of `FieldGroup`. */
export const FIELD_GROUP = ["name","work","reach","address","online","about","status","home_address","schedule","attributes"] as const;

/** The alternatives of `FileFormat`. */
export const FILE_FORMAT = ["csv","xlsx","xls","ods","vcard"] as const;

/** The alternatives of `FileProblem`. */
export const FILE_PROBLEM = ["not_found","too_large","not_recognised","empty","damaged","in_use","not_allowed","device","too_many_rows","too_many_columns","encoding","own_folder","options"] as const;

/** The alternatives of `FilterOp`. */
export const FILTER_OP = ["is","is_not","contains","starts_with","is_empty","is_not_empty","before","after","longer_ago_than","within_last"] as const;

/** The alternatives of `GuessedBy`. */
export const GUESSED_BY = ["common","pattern","name"] as const;

/** The alternatives of `Hidden`. */
export const HIDDEN = ["deleted","pending","rejected","owner_only","advisors_only","other_employer","no_employer","not_in_role","no_access","user_without_employer"] as const;

/** The alternatives of `HomeNumber`. */
export const HOME_NUMBER = ["pending","pending_long","listings_waiting","interviews_waiting","contacts","contacts_new","employers","employers_new","caseload","caseload_inactive","caseload_due","caseload_not_invited","caseload_refused","users_inactive","users_due","users_not_invited","users_refused","tasks_overdue","tasks_today","meetings_today"] as const;

/** The alternatives of `HubProblem`. */
export const HUB_PROBLEM = ["not_connected","connected","unreachable","wrong_code","ended","other_institution","not_a_hub","too_large","forked","broken","nobody","unsecured"] as const;

/** The alternatives of `ImportAnswer`. */
export const IMPORT_ANSWER = ["update","add","skip"] as const;

/** The alternatives of `ImportFilter`. */
export const IMPORT_FILTER = ["created","updated","unchanged","name_conflict","possible_duplicate","skipped","failed","blank","left_out_values"] as const;

/** The alternatives of `ImportOutcome`. */
export const IMPORT_OUTCOME = ["created","updated","unchanged","name_conflict","possible_duplicate","skipped","failed","blank"] as const;

/** The alternatives of `ImportTarget`. */
export const IMPORT_TARGET = ["directory","queue"] as const;

/** The alternatives of `InvitationState`. */
export const INVITATION_STATE = ["not_invited","refused","invited","expired","activated","deactivated"] as const;

/** The alternatives of `LeftOut`. */
export const LEFT_OUT = ["do_not_email","rejected","deactivated","private","deleted","bounced","no_address","same_address"] as const;

/** The alternatives of `MailSecurity`. */
export const MAIL_SECURITY = ["start_tls","tls","none"] as const;

/** The alternatives of `OperationKind`. */
export const OPERATION_KIND = ["institution.setup","sample.create","contacts.create","contacts.edit","contacts.approve","contacts.approve_and_assign","contacts.reject","contacts.reject_and_revoke","contacts.import","employers.create","employers.edit","notes.create","notes.edit","notes.delete","undo","records.create","records.edit","records.delete","records.restore","records.erase","records.import","contacts.delete","contacts.restore","contacts.erase","contacts.merge","contacts.approve_into","contacts.keep_apart","contacts.update","contacts.archive","contacts.revive","contacts.person_left","contacts.job_move","contacts.auto_sync","employers.primary","employers.merge","employers.update","employers.delete","employers.restore","labels.rename","users.access","students.deactivate","students.reactivate","students.assign","students.update","users.role","users.erase","roles.delete","invitations.send","mail.send","institution.edit","staff.access","security.open","security.failed","security.lock","security.passcode","security.recovery_key","security.recover","data.export","data.print","backup.create","backup.restore","clock.accept","audit.export","audit.accept","portal.sign_up","portal.activate","portal.account","portal.report","portal.task","portal.register","portal.post","portal.answer","portal.employer","portal.unsubscribe","mail.bounced","portal.seen","portal.address"] as const;

/** The alternatives of `OutboxDecision`. */
export const OUTBOX_DECISION = ["was_sent","send_again","give_up"] as const;

/** The alternatives of `OutboxState`. */
export const OUTBOX_STATE = ["waiting","sending","unclear","sent","failed","bounced","handed_over","cancelled"] as const;

/** The alternatives of `Permission`. */
export const PERMISSION = ["view_contacts","edit_contacts","review_contacts","manage_access","import_contacts","view_audit_log","undo","merge_contacts","bulk_update","delete_contacts","erase_contacts","export_contacts","manage_fields","share_views","manage_users","assign_cases","manage_roles","manage_staff","send_mail","manage_settings","see_private","work_cases"] as const;

/** The alternatives of `PortalArea`. */
export const PORTAL_AREA = ["account","employer","people","jobs","applications","interviews","events","fairs","students"] as const;

/** The alternatives of `PortalGroup`. */
export const PORTAL_GROUP = ["account","employer","hiring","events","students"] as const;

/** The alternatives of `PortalPermission`. */
export const PORTAL_PERMISSION = ["edit_account","invite_colleagues","edit_employer","view_contacts_of_employer","post_jobs","view_applications","manage_interviews","register_events","register_fairs","view_students","message_students"] as const;

/** The alternatives of `Problem`. */
export const PROBLEM = ["required","too_long","not_an_email","not_a_url","not_a_phone","digits_lost","not_one_name","not_a_date","not_a_moment","not_a_time_zone","not_a_choice","not_yes_or_no","not_a_number","not_a_period","not_editable","unknown_field","unknown_reference","before_its_beginning","not_yet","too_many","last_manager","last_passcode","own_passcode_first","not_free","too_short","easily_guessed","unknown_places","unclosed_place","control_characters","not_a_color","not_a_picture","not_https","not_between","in_use","name_taken","not_an_own_domain"] as const;

/** The alternatives of `Reach`. */
export const REACH = ["hidden","look","act"] as const;

/** The alternatives of `RecordKind`. */
export const RECORD_KIND = ["contact","employer","employer_user","role","note","staff","institution","task","meeting","event","participation","interview_schedule","job_listing","experience","email","employment","attribute","label","saved_view","distinct_pair","student","user_group","onboarding_question","onboarding_answer","staff_role","invitation","mail_template"] as const;

/** The alternatives of `RecoveryEvent`. */
export const RECOVERY_EVENT = ["set_up","created","used","printed"] as const;

/** The alternatives of `Sending`. */
export const SENDING = ["invitation","reminder"] as const;

/** The alternatives of `StaffRole`. */
export const STAFF_ROLE = ["administrator","advisor","viewer"] as const;

/** The alternatives of `StorageProblem`. */
export const STORAGE_PROBLEM = ["not_allowed","no_folder","disk_full","too_many_files","device","damaged","damaged_start","truncated","other_log","damaged_log","other_key","key_missing","database_missing","other_program"] as const;

/** The alternatives of `TimelineKind`. */
export const TIMELINE_KIND = ["note","email","task","meeting","event","oci","job_listing","experience","employment","status"] as const;

/** The alternatives of `Traces`. */
export const TRACES = ["no_room","later"] as const;

/** The alternatives of `TroubleKind`. */
export const TROUBLE_KIND = ["no_folder","not_allowed","disk_full","damaged","other"] as const;

/** The alternatives of `UndoMode`. */
export const UNDO_MODE = ["keep_later_changes","overwrite_later_changes","trash_created"] as const;

/** The alternatives of `Withheld`. */
export const WITHHELD = ["not_yet","activated","deactivated","deleted","rejected","pending","do_not_email","no_address","same_address","not_invited","already_invited","waiting","unclear","refused","bounced"] as const;

/** The alternatives of `WriteProblem`. */
export const WRITE_PROBLEM = ["no_folder","not_allowed","in_use","disk_full","too_many_rows","does_not_fit","too_large","own_folder","other"] as const;
