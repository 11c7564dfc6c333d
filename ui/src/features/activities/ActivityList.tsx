import { lazy, Suspense, useState } from "react";
import type { SortKey } from "~/ipc";
import { RecordList } from "~/records/list/RecordList.tsx";
import type { ListRow } from "~/records/query/useResultSet.ts";
import { ActivityCard } from "./ActivityCard.tsx";
import { ACTIVITY_KINDS, type ActivityKind } from "./kinds.ts";

const NewActivity = lazy(() => import("./NewActivity.tsx"));
const EditActivity = lazy(() => import("./EditActivity.tsx"));

type Shape = { shown: string[]; sort: SortKey[] };
const by = (field: string, descending = true): SortKey[] => [{ field, descending }];
const WIDTHS = { name: 280, contact: 190, employer: 190, starts_at: 180, due_on: 120 };
const WITHOUT = ["title"];

const SHAPES = {
  task: {
    shown: ["name", "contact", "about_student", "due_on", "assignee", "done", "student"],
    sort: [...by("done", false), ...by("due_on", false)],
  },
  meeting: { shown: ["name", "contact", "starts_at", "location", "organizer"], sort: by("starts_at") },
  event: {
    shown: ["name", "type", "starts_at", "location", "published", "employer", "contact"],
    sort: by("starts_at"),
  },
  interview_schedule: {
    shown: ["name", "type", "status", "held_on", "employer", "contact", "slots"],
    sort: by("held_on"),
  },
  job_listing: {
    shown: ["name", "type", "status", "employer", "contact", "posted_on", "closes_on"],
    sort: by("posted_on"),
  },
  experience: {
    shown: ["name", "student", "type", "supervisor", "employer", "starts_on", "status"],
    sort: by("starts_on"),
  },
} satisfies { [kind in ActivityKind]?: Shape };

/** All tasks, or meetings, events and so on. */
function ActivityList({ kind }: { kind: keyof typeof SHAPES }) {
  const [editing, setEditing] = useState<ListRow | null>(null);
  const { words, icon } = ACTIVITY_KINDS[kind];
  const { shown, sort } = SHAPES[kind];
  return (
    <>
      <RecordList
        kind={kind}
        words={words}
        shown={shown}
        sort={sort}
        widths={WIDTHS}
        without={WITHOUT}
        icon={icon}
        peek={({ id, name }) => <ActivityCard key={id} kind={kind} id={id} name={name} />}
        {...(kind === "event" ? {} : { onOpen: setEditing })}
        form={(close) => (
          <Suspense>
            <NewActivity kind={kind} onClose={close} />
          </Suspense>
        )}
      />
      {editing && (
        <Suspense>
          <EditActivity kind={kind} id={editing.id} onClose={() => setEditing(null)} />
        </Suspense>
      )}
    </>
  );
}

export const Tasks = () => <ActivityList kind="task" />;
export const Meetings = () => <ActivityList kind="meeting" />;
export const Events = () => <ActivityList kind="event" />;
export const Interviews = () => <ActivityList kind="interview_schedule" />;
export const Listings = () => <ActivityList kind="job_listing" />;
export const Experiences = () => <ActivityList kind="experience" />;
