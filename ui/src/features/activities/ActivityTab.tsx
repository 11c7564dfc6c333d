import { Plus } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Activity, Id, ActivityTab as Tab } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { PagedList } from "~/kit/components/PagedList.tsx";
import { EmptyState } from "~/kit/components/States.tsx";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { useMay } from "~/session/session.ts";
import { Entry } from "./Entry.tsx";
import { ACTIVITY_KINDS, type ActivityKind } from "./kinds.ts";
import { useActivities } from "./queries.ts";

const NewActivity = lazy(() => import("./NewActivity.tsx"));

export type Adding = {
  kind: ActivityKind;
  /** The field that refers to the record whose page it is. */
  field: string;
  omit?: string[];
};

type Props = {
  owner: { kind: "contact" | "employer" | "student"; id: Id };
  tab: Tab;
  /** What can be added here; `composing` means the first. */
  adding: Adding[];
  composing: number;
  /** With a heading for each day. */
  byDay?: boolean;
  /** Whether the person may write here, where that is no question of editing contacts. */
  mayChange?: boolean;
};

/** A tab of what happened: newest first, with a way to add. */
export function ActivityTab({ owner, tab, adding, composing, byDay, mayChange }: Props) {
  const { t } = useTranslation();
  const mayEdit = useMay()("edit_contacts");
  const may = mayChange ?? mayEdit;
  const paged = useActivities(owner.kind, owner.id, tab);
  const [form, setForm] = useState<Adding | null>(null);
  const first = adding[0];
  useEffect(() => {
    if (composing > 0 && first) setForm(first);
  }, [composing, first]);
  const buttons = may && adding.length > 0 && (
    <div className={row.wrap}>
      {adding.map((add) => (
        <Button key={add.kind} size="small" icon={Plus} onPress={() => setForm(add)}>
          {t(`${ACTIVITY_KINDS[add.kind].words}.new`)}
        </Button>
      ))}
    </div>
  );
  const isEmpty = paged.data?.pages[0]?.total === 0;
  return (
    <div className={stack.by12}>
      {!isEmpty && buttons}
      <PagedList<Activity>
        label={t(`activities.tab.${tab}`)}
        paged={paged}
        idOf={({ id, place }) => `${id} ${place}`}
        {...(byDay ? { dayOf: ({ at }) => at ?? 0 } : {})}
        empty={<EmptyState action={buttons}>{t(`activities.none.${tab}`)}</EmptyState>}
      >
        {(activity) => <Entry activity={activity} owner={owner.id} may={may} />}
      </PagedList>
      {form && (
        <Suspense>
          <NewActivity
            kind={form.kind}
            fixed={{ [form.field]: owner.id }}
            omit={form.omit ?? []}
            onClose={() => setForm(null)}
          />
        </Suspense>
      )}
    </div>
  );
}
