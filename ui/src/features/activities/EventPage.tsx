import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { CalendarDays, MapPin, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { call, commands, type FieldValue, type RecordDetail } from "~/ipc";
import { Chip } from "~/kit/components/Chips.tsx";
import { ErrorState } from "~/kit/components/States.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { i18next } from "~/kit/i18n/index.ts";
import { choiceLabel, dateTimeIn } from "~/kit/i18n/words.ts";
import mark from "~/kit/layout/Mark.module.css";
import row from "~/kit/layout/Row.module.css";
import { usePageTitle } from "~/kit/pages/title.ts";
import type { ActionSet } from "~/records/actions/actions.tsx";
import { FieldGroups } from "~/records/fields/FieldGroups.tsx";
import { useEditRecord } from "~/records/forms/useEditRecord.tsx";
import { RecordHeader } from "~/records/page/RecordHeader.tsx";
import { type PageTab, PageWaiting, RecordPage, type TabProps } from "~/records/page/RecordPage.tsx";
import { useAuditAction } from "~/records/page/useAuditAction.ts";
import { RecordLink } from "~/records/pages.tsx";
import { useFields } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { TrashBanner } from "../trash/TrashBanner.tsx";
import styles from "./Activities.module.css";
import { useParticipants } from "./queries.ts";
import { Registrations } from "./Registrations.tsx";

type EventDetail = RecordDetail & { registered: number };

/** Said by the header. */
const OMIT = ["title", "name"];

function Details({ record }: TabProps<EventDetail>) {
  const fields = useFields("event");
  return <FieldGroups kind="event" fields={fields} omit={OMIT} values={record.values} />;
}

const REGISTRATIONS: PageTab<EventDetail> = {
  id: "registrations",
  label: () => i18next.t("registrations.title"),
  count: ({ registered }) => registered,
  component: Registrations,
};
const DETAILS: PageTab<EventDetail> = {
  id: "details",
  label: () => i18next.t("events.details"),
  component: Details,
};
const TABS: readonly PageTab<EventDetail>[] = [REGISTRATIONS, DETAILS];
/** Registrations are in the trash with their event. */
const TRASHED_TABS: readonly PageTab<EventDetail>[] = [DETAILS];

const useEdit: ActionSet<EventDetail> = (event) => useEditRecord("event", event, "edit_contacts");

const useRemove: ActionSet<EventDetail> = ({ id, name }) => {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const remove = async () => {
    try {
      const done = await call(commands.recordsDelete("event", [id]));
      announce(done.operation, t("activities.deleted", { name }), t("trash.deleted.again", { name }));
      void navigate({ to: "/events", search: {} });
    } catch (error) {
      toastError(error);
    }
  };
  return {
    actions: [
      {
        id: "delete",
        group: "remove",
        label: t("activities.delete"),
        icon: Trash2,
        tone: "bad",
        permission: "edit_contacts",
        run: () => void remove(),
      },
    ],
  };
};

const ACTIONS: readonly ActionSet<EventDetail>[] = [useEdit, useRemove, useAuditAction];
const TRASHED_ACTIONS: readonly ActionSet<EventDetail>[] = [useAuditAction];

/** The page of an event or job fair: who comes, and all about it. */
export function EventPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: "/events/$id" });
  const event = useQuery({
    queryKey: ["activities", "event", id],
    queryFn: () => call(commands.recordGet("event", id)),
    meta: { tags: ["contacts", "employers"] },
  });
  const people = useParticipants("event", id);
  usePageTitle(event.data?.name);
  const error = event.error ?? people.error;
  if (error) return <ErrorState error={error} onRetry={() => void Promise.all([event.refetch(), people.refetch()])} />;
  if (!event.data || !people.data) return <PageWaiting />;
  const record: EventDetail = { ...event.data, registered: people.data.length };
  const { deleted } = record;
  return (
    <RecordPage
      key={deleted ? `${id} in the trash` : id}
      kind="event"
      record={record}
      tabs={deleted ? TRASHED_TABS : TABS}
      actions={deleted ? TRASHED_ACTIONS : ACTIONS}
      header={(actions) => (
        <>
          <RecordHeader
            name={record.name}
            avatar={
              <span className={`${mark.disc} ${styles.eventMark}`} aria-hidden>
                <CalendarDays size={20} strokeWidth={1.75} />
              </span>
            }
            line={when(record.values)}
            facts={<Facts event={record} />}
            level="page"
            actions={actions}
          />
          {deleted && <TrashBanner kind="event" id={id} />}
        </>
      )}
      keyGroup={t("events.page")}
    />
  );
}

/** When it is, on the clock it was planned on. */
function when({ starts_at: starts, ends_at: ends, time_zone: zone }: { [field: string]: FieldValue }): string | null {
  if (typeof starts !== "number") return null;
  return dateTimeIn(starts, typeof ends === "number" ? ends : null, typeof zone === "string" ? zone : null);
}

function Facts({ event: { values, names } }: { event: EventDetail }) {
  const { t } = useTranslation();
  const { type, location, employer } = values;
  return (
    <ul className={row.chips} aria-label={t("events.facts")}>
      {typeof type === "string" && (
        <li>
          <Chip icon={CalendarDays}>{choiceLabel("type", type)}</Chip>
        </li>
      )}
      {typeof location === "string" && (
        <li>
          <Chip icon={MapPin}>{location}</Chip>
        </li>
      )}
      {typeof employer === "string" && names.employer && (
        <li>
          <RecordLink kind="employer" id={employer} name={names.employer} />
        </li>
      )}
    </ul>
  );
}
