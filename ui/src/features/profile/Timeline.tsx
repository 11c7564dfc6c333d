import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Briefcase, BriefcaseBusiness, CircleUserRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { call, commands, type Id, type TimelineEntry, type TimelineKind, type TimelineWhat } from "~/ipc";
import { PagedList, usePaged } from "~/kit/components/PagedList.tsx";
import { Segments } from "~/kit/components/Segments.tsx";
import { EmptyState } from "~/kit/components/States.tsx";
import { When } from "~/kit/components/When.tsx";
import { operationLabel } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import { FieldChanges } from "~/records/fields/FieldChanges.tsx";
import { Entry } from "../activities/Entry.tsx";
import styles from "./Timeline.module.css";

/** Everything that happened with a contact, the newest first, day by day; all of it or one kind. */
export function Timeline({ contact }: { contact: Id }) {
  const { t } = useTranslation();
  const [only, setOnly] = useState<TimelineKind | "all">("all");
  const paged = usePaged<TimelineEntry>({
    key: ["activities", "timeline", contact, only],
    read: ({ after }, limit) =>
      call(commands.contactTimeline(contact, only === "all" ? [] : [only], after?.place ?? null, limit)),
    tags: ["contacts", "employments", "history"],
    size: 30,
  });
  const all = useCounts(contact);
  const total = all.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className={stack.by12} aria-label={t("profile.timeline.label")}>
      {all.length > 1 && (
        <Segments<TimelineKind | "all">
          label={t("profile.timeline.filter")}
          value={only}
          onChange={setOnly}
          segments={[
            { id: "all", label: t("profile.timeline.all"), count: total },
            ...all.map(({ kind, count }) => ({ id: kind, label: t(`profile.timeline.kind.${kind}`), count })),
          ]}
        />
      )}
      <PagedList<TimelineEntry>
        label={t("profile.timeline.label")}
        paged={paged}
        idOf={({ place }) => place}
        dayOf={({ at }) => at}
        empty={<EmptyState>{t("profile.timeline.none")}</EmptyState>}
        size={30}
      >
        {(entry) => <TimelineRow entry={entry} contact={contact} />}
      </PagedList>
    </section>
  );
}

/** How much there is of each kind, whatever is shown now. */
function useCounts(contact: Id) {
  const { data } = useQuery({
    queryKey: ["activities", "timeline", "counts", contact],
    queryFn: () => call(commands.contactTimeline(contact, [], null, 1)),
    meta: { tags: ["contacts", "employments", "history"] },
  });
  return data?.counts ?? [];
}

function TimelineRow({ entry: { kind, at, what }, contact }: { entry: TimelineEntry; contact: Id }) {
  const { t } = useTranslation();
  if (what.type === "activity") {
    return (
      <>
        {kind in ONE && (
          <span className="visually-hidden">{t(`profile.timeline.one.${kind as keyof typeof ONE}`)}</span>
        )}
        <Entry activity={what.activity} owner={contact} />
      </>
    );
  }
  if (what.type === "employment") return <Employment what={what} />;
  const fields = what.fields.filter(({ field }) => field !== "deleted_at");
  return (
    <Row icon={kind === "employment" ? <BriefcaseBusiness {...ICON} /> : <CircleUserRound {...ICON} />}>
      <p className={styles.head}>
        <span className={styles.name}>
          {kind === "employment" ? t("profile.timeline.title") : operationLabel(what.kind ?? "newer")}
        </span>
        {what.actor !== "" && <span>{what.actor}</span>}
        <When at={at} />
      </p>
      {fields.length > 0 && <FieldChanges kind="contact" changes={fields} created={what.created} />}
    </Row>
  );
}

const ONE = { note: 1, email: 1, task: 1, meeting: 1, event: 1, oci: 1, job_listing: 1, experience: 1 } as const;
const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

function Employment({ what }: { what: Extract<TimelineWhat, { type: "employment" }> }) {
  const { t } = useTranslation();
  const { employer, employer_name: name, title, left } = what;
  const words = left ? "left" : "joined";
  return (
    <Row icon={<Briefcase {...ICON} />}>
      <p className={styles.name}>
        <Trans
          i18nKey={`profile.timeline.${title ? `${words}As` : words}` as "profile.timeline.leftAs"}
          values={{ title, employer: name || t("common.unnamed") }}
          components={{
            employer: <Link to="/employers/$id" params={{ id: employer }} search={{}} />,
          }}
        />
      </p>
    </Row>
  );
}

function Row({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <span className={styles.icon}>{icon}</span>
      <div className={styles.body}>{children}</div>
    </div>
  );
}
