import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ImportByFile } from "~/features/import/ImportByFile.tsx";
import { startHotkeys, useHotkeys } from "~/kit/components/hotkeys.tsx";
import { focusToasts, Toasts } from "~/kit/components/Toast.tsx";
import { useWide } from "~/kit/components/useWide.ts";
import frame from "~/kit/layout/Frame.module.css";
import { rememberInstitution } from "~/session/institution.ts";
import { useAppState } from "~/session/session.ts";
import { useUndoLast } from "~/session/undo.ts";
import { zoomBy } from "~/session/zoom.ts";
import { ClockNotice } from "./ClockNotice.tsx";
import { DamageNotice } from "./DamageNotice.tsx";
import { FailedAttempts } from "./FailedAttempts.tsx";
import { useKeptFocus } from "./keptFocus.ts";
import { Navigation, useNavigationEntries } from "./Navigation.tsx";
import { PermittedPage } from "./NotPermitted.tsx";
import { useRememberRecords } from "./recent.ts";
import styles from "./Shell.module.css";
import { TopBar } from "./TopBar.tsx";

// Read when they are first asked for: the first screen waits for nothing it doesn't show.
const KeyHelp = lazy(() => import("~/kit/components/KeyHelp.tsx").then((module) => ({ default: module.KeyHelp })));
const Palette = lazy(() => import("./Palette.tsx").then((module) => ({ default: module.Palette })));

const COLLAPSED = "liaison.navigation";

/** The window: navigation on the left, the bar above, the screen in the middle. */
export function Shell() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(() => localStorage.getItem(COLLAPSED));
  const hasRoom = useWide(1100);
  // A narrow window gives its room to the screen, unless the person says otherwise.
  const collapsed = chosen === null ? !hasRoom : chosen === "collapsed";
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  const undoLast = useUndoLast();
  const { actor, institution, time_zone: zone } = useAppState();
  useRememberRecords(actor?.id);
  useEffect(() => {
    if (institution) rememberInstitution(institution);
  }, [institution]);
  const entries = useNavigationEntries();
  const toggle = () => {
    const next = collapsed ? "open" : "collapsed";
    localStorage.setItem(COLLAPSED, next);
    setChosen(next);
  };

  const main = useRef<HTMLElement>(null);
  useKeptFocus(main);
  useEffect(startHotkeys, []);
  useHotkeys(t("shell.keys.anywhere"), [
    { keys: "Ctrl+K", label: t("shell.keys.search"), run: () => setPalette(true) },
    { keys: "?", label: t("shell.keys.help"), run: () => setHelp(true) },
    { keys: "Ctrl+Z", label: t("shell.keys.undo"), run: undoLast },
    { keys: "Ctrl+B", label: t("shell.keys.navigation"), run: toggle },
    { keys: "Ctrl++", label: t("shell.keys.zoomIn"), run: () => zoomBy(1) },
    { keys: "Ctrl+=", label: t("shell.keys.zoomIn"), run: () => zoomBy(1) },
    { keys: "Ctrl+-", label: t("shell.keys.zoomOut"), run: () => zoomBy(-1) },
    { keys: "Ctrl+0", label: t("shell.keys.zoomReset"), run: () => zoomBy(0) },
    { keys: "F6", label: t("shell.keys.messages"), run: focusToasts },
    { keys: "Alt+ArrowLeft", label: t("shell.keys.back"), run: () => window.history.back() },
    { keys: "Alt+ArrowRight", label: t("shell.keys.forward"), run: () => window.history.forward() },
    ...entries.flatMap((entry) =>
      entry.goKey
        ? [{ keys: `g ${entry.goKey}`, label: t("shell.keys.goTo", { place: entry.longLabel }), run: entry.go }]
        : [],
    ),
  ]);

  return (
    <div className={styles.shell} data-collapsed={collapsed || undefined}>
      <Navigation entries={entries} collapsed={collapsed} onToggle={toggle} />
      <div className={styles.main}>
        <TopBar onSearch={() => setPalette(true)} onHelp={() => setHelp(true)} />
        <DamageNotice />
        <ClockNotice />
        <main ref={main} tabIndex={-1} className={`${frame.fill} ${styles.page}`}>
          <Suspense>
            {/* On another clock every time on the page is another. */}
            <PermittedPage key={zone?.name} />
          </Suspense>
        </main>
      </div>
      <Suspense>
        {help && <KeyHelp isOpen onClose={() => setHelp(false)} />}
        {palette && <Palette isOpen onClose={() => setPalette(false)} />}
      </Suspense>
      <ImportByFile />
      <FailedAttempts />
      <Toasts />
    </div>
  );
}
