import activities from "./en/activities.json";
import archive from "./en/archive.json";
import attributes from "./en/attributes.json";
import audit from "./en/audit.json";
import backups from "./en/backups.json";
import bulk from "./en/bulk.json";
import card from "./en/card.json";
import common from "./en/common.json";
import contacts from "./en/contacts.json";
import duplicates from "./en/duplicates.json";
import emails from "./en/emails.json";
import employers from "./en/employers.json";
import employerUsers from "./en/employerUsers.json";
import errors from "./en/errors.json";
import events from "./en/events.json";
import experiences from "./en/experiences.json";
import exporting from "./en/export.json";
import fields from "./en/fields.json";
import filters from "./en/filters.json";
import grid from "./en/grid.json";
import groups from "./en/groups.json";
import history from "./en/history.json";
import importing from "./en/import.json";
import institution from "./en/institution.json";
import interviews from "./en/interviews.json";
import invitations from "./en/invitations.json";
import labels from "./en/labels.json";
import listings from "./en/listings.json";
import mail from "./en/mail.json";
import meetings from "./en/meetings.json";
import merge from "./en/merge.json";
import onboarding from "./en/onboarding.json";
import operations from "./en/operations.json";
import printing from "./en/printing.json";
import profile from "./en/profile.json";
import queue from "./en/queue.json";
import record from "./en/record.json";
import registrations from "./en/registrations.json";
import review from "./en/review.json";
import roles from "./en/roles.json";
import security from "./en/security.json";
import shell from "./en/shell.json";
import staff from "./en/staff.json";
import start from "./en/start.json";
import students from "./en/students.json";
import sync from "./en/sync.json";
import tasks from "./en/tasks.json";
import trash from "./en/trash.json";
import viewing from "./en/viewing.json";
import views from "./en/views.json";

/** The catalogue, one file per feature. A feature adds its file here and nothing else. */
export const english = {
  archive,
  attributes,
  activities,
  sync,
  tasks,
  meetings,
  emails,
  events,
  registrations,
  interviews,
  listings,
  experiences,
  audit,
  backups,
  bulk,
  card,
  common,
  contacts,
  duplicates,
  employerUsers,
  employers,
  errors,
  fields,
  filters,
  grid,
  groups,
  history,
  import: importing,
  institution,
  invitations,
  labels,
  mail,
  merge,
  onboarding,
  operations,
  profile,
  queue,
  record,
  review,
  roles,
  security,
  shell,
  staff,
  start,
  students,
  trash,
  export: exporting,
  printing,
  viewing,
  views,
};
