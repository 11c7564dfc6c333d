import {
  eventRoute,
  eventsRoute,
  experiencesRoute,
  interviewsRoute,
  listingsRoute,
  meetingsRoute,
  tasksRoute,
} from "~/features/activities/route.tsx";
import { backupsRoute } from "~/features/backups/route.tsx";
import { contactsRoute } from "~/features/contacts/route.tsx";
import { duplicatesRoute } from "~/features/duplicates/route.tsx";
import { employerRoute, employersRoute } from "~/features/employers/route.tsx";
import { employerUserRoute, employerUsersRoute } from "~/features/employerUsers/route.tsx";
import { fieldsRoute } from "~/features/fields/route.tsx";
import { historyRoute } from "~/features/history/route.tsx";
import { importRoute } from "~/features/import/route.tsx";
import { customizationRoute } from "~/features/institution/route.tsx";
import { invitationsRoute } from "~/features/invitations/route.tsx";
import { mailRoute, mailTemplatesRoute, outboxRoute } from "~/features/mail/route.tsx";
import { onboardingRoute } from "~/features/onboarding/route.tsx";
import { printRoute } from "~/features/printing/route.tsx";
import { profileRoute } from "~/features/profile/route.tsx";
import { queueRoute } from "~/features/queue/route.tsx";
import { rolesRoute } from "~/features/roles/route.tsx";
import { securityRoute } from "~/features/security/route.tsx";
import { staffRoute } from "~/features/staff/route.tsx";
import { homeRoute } from "~/features/start/route.tsx";
import { caseloadRoute, groupsRoute, studentRoute, studentsRoute } from "~/features/students/route.tsx";
import { syncRoute } from "~/features/sync/route.tsx";
import { trashRoute } from "~/features/trash/route.tsx";
import { viewAsProfileRoute, viewAsRoute } from "~/features/viewing/route.tsx";
import { root } from "./root.tsx";

/** Every screen. A new one is a `route.tsx` in its feature's folder and a line here. */
export const routeTree = root.addChildren([
  homeRoute,
  contactsRoute,
  profileRoute,
  queueRoute,
  employersRoute,
  employerRoute,
  employerUsersRoute,
  employerUserRoute,
  rolesRoute,
  staffRoute,
  securityRoute,
  backupsRoute,
  syncRoute,
  fieldsRoute,
  onboardingRoute,
  studentsRoute,
  studentRoute,
  groupsRoute,
  invitationsRoute,
  caseloadRoute,
  tasksRoute,
  meetingsRoute,
  eventRoute,
  eventsRoute,
  interviewsRoute,
  listingsRoute,
  experiencesRoute,
  duplicatesRoute,
  historyRoute,
  trashRoute,
  importRoute,
  customizationRoute,
  mailRoute,
  mailTemplatesRoute,
  outboxRoute,
  printRoute,
  viewAsRoute,
  viewAsProfileRoute,
]);
