import { Link, useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import { Handshake, type LucideIcon, PanelLeft, PanelLeftClose } from "lucide-react";
import { Fragment, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/kit/components/Button.tsx";
import { count } from "~/kit/i18n/words.ts";
import text from "~/kit/layout/Text.module.css";
import type { NavigationEntry } from "~/kit/pages/root.ts";
import { useAppState, useMay } from "~/session/session.ts";
import { NavigationSection } from "./NavigationSection.tsx";
import { isPermitted } from "./NotPermitted.tsx";
import { PinnedViews } from "./PinnedViews.tsx";
import styles from "./Shell.module.css";

export type Place = {
  to: string;
  section: NavigationEntry["section"];
  label: string;
  /** With the section, where the label alone is not clear: "Notifications › Contacts". */
  longLabel: string;
  icon: LucideIcon;
  useBadge: () => number | undefined;
  goKey: string | undefined;
  go: () => void;
};

const noBadge = () => undefined;
const SECTIONS = ["main", "notifications", "activities", "users", "site"] as const;

/** The places of the navigation that the person may open, from the routes' static data, in order. */
export function useNavigationEntries(): Place[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const router = useRouter();
  const may = useMay();
  const found = Object.values(router.routesById).flatMap((route) => {
    const data = route.options.staticData;
    const entry = data?.navigation;
    const leads = entry && isPermitted(may, data.permissions) && !(entry.unless && may(entry.unless));
    return leads ? [{ to: route.fullPath as string, entry }] : [];
  });
  found.sort(
    (a, b) => SECTIONS.indexOf(a.entry.section) - SECTIONS.indexOf(b.entry.section) || a.entry.order - b.entry.order,
  );
  return found.map(({ to, entry }) => ({
    to,
    section: entry.section,
    label: entry.label(),
    longLabel: entry.section === "main" ? entry.label() : `${t(`shell.section.${entry.section}`)} › ${entry.label()}`,
    icon: entry.icon,
    useBadge: entry.useBadge ?? noBadge,
    goKey: entry.goKey,
    go: () => void navigate({ to, search: {} as never }),
  }));
}

export function Navigation({
  entries,
  collapsed,
  onToggle,
}: {
  entries: Place[];
  collapsed: boolean;
  onToggle: () => void;
}) {
  const { t } = useTranslation();
  const { institution } = useAppState();
  const scrolled = useRef<HTMLDivElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  // In a low window the place one is at may be out of sight, for example after a key or a link led there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path is another active link.
  useEffect(() => {
    scrolled.current?.querySelector("[data-status=active]")?.scrollIntoView?.({ block: "nearest" });
  }, [path]);
  return (
    <nav className={styles.nav} aria-label={t("shell.navigation")}>
      <div className={styles.brand}>
        <span className={styles.mark} aria-hidden>
          <Handshake size={16} strokeWidth={2} />
        </span>
        <span className={`${text.clipRest} ${styles.institution}`} title={institution ?? undefined}>
          {institution ?? t("common.product")}
        </span>
        <IconButton
          label={t(collapsed ? "shell.expand" : "shell.collapse")}
          icon={collapsed ? PanelLeft : PanelLeftClose}
          size="small"
          hotkey="Ctrl+B"
          onPress={onToggle}
        />
      </div>
      <div ref={scrolled} className={styles.places}>
        {SECTIONS.map((section) => {
          const places = entries.filter((entry) => entry.section === section);
          if (places.length === 0) return null;
          const links = places.map((place) => <NavigationLink key={place.to} place={place} collapsed={collapsed} />);
          return (
            <Fragment key={section}>
              {section === "main" ? (
                <div className={styles.section}>{links}</div>
              ) : (
                <NavigationSection id={section} heading={t(`shell.section.${section}`)} collapsed={collapsed}>
                  {links}
                </NavigationSection>
              )}
              {section === "main" && <PinnedViews collapsed={collapsed} />}
            </Fragment>
          );
        })}
      </div>
    </nav>
  );
}

function NavigationLink({ place, collapsed }: { place: Place; collapsed: boolean }) {
  const { t } = useTranslation();
  const badge = place.useBadge();
  const Icon = place.icon;
  return (
    <Link
      to={place.to}
      search={{} as never}
      className={styles.link}
      activeOptions={{ includeSearch: false }}
      title={collapsed ? place.longLabel : undefined}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className={`${text.clipRest} ${styles.linkLabel}`}>{place.label}</span>
      {badge ? (
        <span className={styles.badge}>
          <span aria-hidden>{badge > 999 && collapsed ? "999+" : count(badge)}</span>
          <span className="visually-hidden">{t("shell.waiting", { count: badge })}</span>
        </span>
      ) : null}
    </Link>
  );
}
