import type { ContactProfile, EmployerProfile, EmployerUserDetail, StudentPanel, ActivityTab as Tab } from "~/ipc";
import type { TabProps } from "~/records/page/RecordPage.tsx";
import { PendingMail } from "../mail/PendingMail.tsx";
import { Notes } from "../notes/Notes.tsx";
import { ActivityTab, type Adding } from "./ActivityTab.tsx";

/** What can be added in a tab of a contact's profile. */
const OF_CONTACT: { [tab in Tab]?: Adding[] } = {
  activities: [
    { kind: "task", field: "contact", omit: ["student"] },
    { kind: "meeting", field: "contact" },
  ],
  emails: [{ kind: "email", field: "contact", omit: ["student"] }],
  events: [
    { kind: "participation", field: "contact" },
    { kind: "event", field: "contact" },
  ],
  interview_schedules: [{ kind: "interview_schedule", field: "contact" }],
  job_listings: [{ kind: "job_listing", field: "contact" }],
  experiences: [{ kind: "experience", field: "supervisor" }],
  task_contacts: [{ kind: "task", field: "contact", omit: ["assignee", "remind_at"] }],
};
/** What can be added in a tab of an employer's page. */
const OF_EMPLOYER: { [tab in Tab]?: Adding[] } = {
  events: [{ kind: "event", field: "employer" }],
  interview_schedules: [{ kind: "interview_schedule", field: "employer" }],
  job_listings: [{ kind: "job_listing", field: "employer" }],
  experiences: [{ kind: "experience", field: "employer" }],
};
const OF_STUDENT: { [tab in Tab]?: Adding[] } = {
  activities: [
    { kind: "task", field: "about_student", omit: ["contact", "student"] },
    { kind: "meeting", field: "student", omit: ["contact"] },
  ],
  emails: [{ kind: "email", field: "student", omit: ["contact"] }],
};
const NOTHING: Adding[] = [];

const ofContact = (tab: Tab) =>
  function ContactTab({ record, composing }: TabProps<ContactProfile>) {
    return (
      <>
        {tab === "emails" && <PendingMail to={{ kind: "contact", id: record.id }} />}
        <ActivityTab
          owner={{ kind: "contact", id: record.id }}
          tab={tab}
          adding={OF_CONTACT[tab] ?? NOTHING}
          composing={composing}
          byDay={tab === "activities"}
        />
      </>
    );
  };
/** The e-mails of a student or alum, with those that wait. */
function StudentEmails({ record: { id }, composing }: TabProps<StudentPanel>) {
  return (
    <>
      <PendingMail to={{ kind: "student", id }} />
      <ActivityTab
        owner={{ kind: "student", id }}
        tab="emails"
        adding={OF_STUDENT.emails ?? NOTHING}
        composing={composing}
      />
    </>
  );
}

/** Notes, tasks and meetings of a student or alum, together. */
function StudentActivities({ record: { id, may_work: mayWork }, composing }: TabProps<StudentPanel>) {
  return (
    <ActivityTab
      owner={{ kind: "student", id }}
      tab="activities"
      adding={OF_STUDENT.activities ?? NOTHING}
      composing={composing}
      mayChange={mayWork}
      byDay
    />
  );
}

/** What staff wrote about a student or alum. */
function StudentNotes({ record: { id, may_work: mayWork, deleted }, composing }: TabProps<StudentPanel>) {
  return <Notes about={{ kind: "student", id }} canEdit={mayWork && !deleted} writing={composing} />;
}

/** The e-mails of the contact that an employer user is written to as (M45). */
function EmployerUserEmails({ record: { id, contact }, composing }: TabProps<EmployerUserDetail>) {
  return (
    contact && (
      <>
        <PendingMail to={{ kind: "employer_user", id }} />
        <ActivityTab
          owner={{ kind: "contact", id: contact.id }}
          tab="emails"
          adding={OF_CONTACT.emails ?? NOTHING}
          composing={composing}
        />
      </>
    )
  );
}

const ofEmployer = (tab: Tab) =>
  function EmployerTab({ record, composing }: TabProps<EmployerProfile>) {
    return (
      <ActivityTab
        owner={{ kind: "employer", id: record.id }}
        tab={tab}
        adding={OF_EMPLOYER[tab] ?? NOTHING}
        composing={composing}
      />
    );
  };

export const contactTabs = {
  activities: ofContact("activities"),
  emails: ofContact("emails"),
  events: ofContact("events"),
  interview_schedules: ofContact("interview_schedules"),
  job_listings: ofContact("job_listings"),
  experiences: ofContact("experiences"),
  task_contacts: ofContact("task_contacts"),
};

export const employerTabs = {
  events: ofEmployer("events"),
  interview_schedules: ofEmployer("interview_schedules"),
  job_listings: ofEmployer("job_listings"),
  experiences: ofEmployer("experiences"),
};

export const studentTabs = { activities: StudentActivities, notes: StudentNotes, emails: StudentEmails };

export const employerUserTabs = { emails: EmployerUserEmails };
