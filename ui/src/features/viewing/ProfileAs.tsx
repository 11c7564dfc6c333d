import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Eye, EyeOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { call, commands, type Hidden, type ViewAs } from "~/ipc";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { EmptyState, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import frame from "~/kit/layout/Frame.module.css";
import { usePageTitle } from "~/kit/pages/title.ts";
import { FieldGroups } from "~/records/fields/FieldGroups.tsx";
import { RecordHeader } from "~/records/page/RecordHeader.tsx";
import { useFields } from "~/session/session.ts";
import { Banner, useViewerWords } from "./Banner.tsx";
import { viewerOf } from "./search.ts";
import styles from "./Viewing.module.css";
import { useViewAs } from "./viewer.ts";
import { useWayBack } from "./wayBack.ts";

/** The header says it; a link there would lead out of what they see. */
const SAID = ["employer"];

/** One contact as somebody else sees it, or why they don't. */
export function ProfileAs() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const back = useWayBack();
  const { id } = useParams({ from: "/view-as/$id" });
  const { view, search } = useViewAs();
  const fields = useFields("contact");
  const profile = useQuery({
    queryKey: ["contacts", "as", view, id],
    queryFn: () => call(commands.viewAsProfile(view ?? { who: "student" }, id)),
    enabled: view !== null,
  });
  const data = profile.data;
  // To the contact itself; as it was left, where one came from there.
  const leave = () => {
    const own = search.from?.startsWith(`/contacts/${id}`) ? search.from : undefined;
    if (!back.leave(own)) void navigate({ to: "/contacts/$id", params: { id }, search: {} });
  };
  usePageTitle(data?.name);
  return (
    <div className={frame.fill}>
      <Banner onLeave={leave} />
      <Scrollable className={frame.scroll} label={data?.name ?? t("viewing.title")}>
        <div className={styles.column}>
          <Link to="/view-as" search={viewerOf(search)}>
            {t("viewing.toDirectory")}
          </Link>
          {profile.error && <ErrorState error={profile.error} onRetry={() => void profile.refetch()} />}
          {!view && <EmptyState icon={Eye}>{t(`viewing.before.${search.who}`)}</EmptyState>}
          {view && !data && !profile.error && <Skeleton lines={8} />}
          {view && data?.hidden && <WhyHidden view={view} name={data.name} hidden={data.hidden} />}
          {view && data && !data.hidden && (
            <>
              <RecordHeader
                name={data.name}
                line={[data.values.title, data.employer].filter((part) => typeof part === "string").join(" · ") || null}
                reach={{ email: data.values.email, phone: data.values.work_phone }}
                level="page"
              />
              <FieldGroups kind="contact" fields={fields} values={data.values} omit={SAID} layout="columns" />
              <div className={styles.note}>
                {data.withheld > 0 && <p>{t("viewing.withheld", { count: data.withheld })}</p>}
                {view.who !== "advisor" && <p>{t("viewing.notes")}</p>}
              </div>
            </>
          )}
        </div>
      </Scrollable>
    </div>
  );
}

function WhyHidden({ view, name, hidden }: { view: ViewAs; name: string; hidden: Hidden }) {
  const { t } = useTranslation();
  const words = useViewerWords();
  const subject = t(`viewing.subject.${view.who}`, { ...words, name });
  return <EmptyState icon={EyeOff}>{t(`viewing.hidden.${hidden}`, { subject })}</EmptyState>;
}
