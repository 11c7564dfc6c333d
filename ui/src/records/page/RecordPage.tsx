import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ComponentType, createContext, type ReactNode, Suspense, useContext, useMemo, useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Id, Permission, RecordKind } from "~/ipc";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { Skeleton } from "~/kit/components/States.tsx";
import { count } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import { useMay } from "~/session/session.ts";
import { type ActionSet, PageActions, useActions } from "../actions/actions.tsx";
import { AuditPanel } from "./AuditPanel.tsx";
import styles from "./Page.module.css";
import type { PageSearch } from "./pageSearch.ts";

export type TabProps<R> = {
  record: R;
  /** Counts up when somebody asks to add something here: the tab then opens its form. */
  composing: number;
};

/** A tab of a record's page; pages list theirs in one constant. */
export type PageTab<R> = {
  /** Stands in the address. */
  id: string;
  label: () => string;
  /** The number beside the label. */
  count?: (record: R) => number | undefined;
  /** A word beside the label, such as "Draft". */
  mark?: (record: R) => string | undefined;
  /** `lazy(() => import(…))` for all but the first tab. */
  component: ComponentType<TabProps<R>>;
  permission?: Permission;
  hidden?: (record: R) => boolean;
  /** Takes the height of the window and scrolls by itself, as lists do; other tabs scroll with the page. */
  fill?: boolean;
  /** Uses the width of a large window for something beside the text; other tabs keep to one width for reading. */
  wide?: boolean;
};

type PagePlace = {
  /** Opens a tab; with `compose` it also opens its form of a new entry. */
  openTab: (id: string, options?: { compose?: boolean }) => void;
  audit: boolean;
  toggleAudit: () => void;
};

const PlaceContext = createContext<PagePlace | null>(null);

/** For actions and tabs: moves about on the page they are on. */
export function usePage(): PagePlace {
  const place = useContext(PlaceContext);
  if (!place) throw new Error("usePage only works inside a RecordPage");
  return place;
}

type Props<R> = {
  kind: RecordKind;
  record: R;
  tabs: readonly PageTab<R>[];
  /** What can be done with the record, one set per feature. A constant. */
  actions: readonly ActionSet<R>[];
  header: (actions: ReactNode) => ReactNode;
  /** The record's group on the sheet of keys. */
  keyGroup: string;
};

/** The page of a record of any kind: header with its actions, tabs, audit log. Tab and audit log are in the address. */
export function RecordPage<R extends { id: Id; name: string }>(props: Props<R>) {
  const search = useSearch({ strict: false }) as PageSearch;
  const navigate = useNavigate();
  const may = useMay();
  const [composing, setComposing] = useState({ tab: "", times: 0 });
  const tabs = props.tabs.filter(
    (tab) => !tab.hidden?.(props.record) && (tab.permission === undefined || may(tab.permission)),
  );
  const tab = tabs.find(({ id }) => id === search.tab) ?? tabs[0];
  const audit = search.audit === true && may("view_audit_log");

  // The page does not know on which route it stands; each such route reads these parts with `pageSearch`.
  const go = (next: PageSearch) => void navigate({ to: ".", search: next as never, replace: true });
  const inTab = (id: string | undefined) => (id === undefined || id === tabs[0]?.id ? {} : { tab: id });
  const place: PagePlace = {
    openTab: (id, options) => {
      if (id !== tab?.id) go({ ...inTab(id), ...(audit ? { audit: true as const } : {}) });
      if (options?.compose) setComposing(({ times }) => ({ tab: id, times: times + 1 }));
    },
    audit,
    toggleAudit: () => {
      const { audit: _audit, ...rest } = search;
      go(audit ? rest : { ...rest, audit: true });
    },
  };
  if (!tab) return null;
  return (
    <PlaceContext value={place}>
      <Page {...props} tabs={tabs} tab={tab} place={place} composing={composing.tab === tab.id ? composing.times : 0} />
    </PlaceContext>
  );
}

type InnerProps<R> = Props<R> & { tab: PageTab<R>; place: PagePlace; composing: number };

function Page<R extends { id: Id; name: string }>(props: InnerProps<R>) {
  const { kind, record, tabs, tab, place, composing, keyGroup } = props;
  const { t } = useTranslation();
  const { actions, dialogs } = useActions(props.actions, record, keyGroup);
  const numbered = useMemo(() => tabs.slice(0, 9), [tabs]);
  useHotkeys(keyGroup, [
    ...numbered.map(({ id, label }, n) => ({
      keys: String(n + 1),
      label: t("record.page.tabKey", { tab: label() }),
      run: () => place.openTab(id),
    })),
    {
      keys: "Escape",
      label: t("record.page.back"),
      run: () => (place.audit ? place.toggleAudit() : window.history.back()),
    },
  ]);
  return (
    <div className={frame.place}>
      <Scrollable className={tab.fill ? styles.filled : styles.scroll} label={record.name}>
        <div className={styles.column}>
          {props.header(<PageActions actions={actions} />)}
          <Tabs
            className={styles.tabs ?? ""}
            selectedKey={tab.id}
            onSelectionChange={(key) => place.openTab(String(key))}
          >
            <TabList className={styles.tabList ?? ""} aria-label={t("record.page.tabs")}>
              {tabs.map(({ id, label, count: countOf, mark }) => {
                const n = countOf?.(record);
                const word = mark?.(record);
                return (
                  <Tab
                    key={id}
                    id={id}
                    className={styles.tab ?? ""}
                    data-empty={(n === 0 && word === undefined) || undefined}
                  >
                    {label()}
                    {n !== undefined && <span className={styles.tabCount}>{count(n)}</span>}
                    {word && <span className={styles.tabMark}>{word}</span>}
                  </Tab>
                );
              })}
            </TabList>
            <TabPanel key={tab.id} id={tab.id} className={styles.panel ?? ""} data-wide={tab.wide}>
              <Suspense fallback={<Skeleton lines={4} />}>
                <tab.component record={record} composing={composing} />
              </Suspense>
            </TabPanel>
          </Tabs>
        </div>
      </Scrollable>
      {place.audit && <AuditPanel kind={kind} id={record.id} name={record.name} onClose={place.toggleAudit} />}
      {dialogs}
    </div>
  );
}

/** While a record's page is read. */
export function PageWaiting() {
  return (
    <div className={styles.column}>
      <Skeleton lines={8} />
    </div>
  );
}
