import { Outlet } from "@tanstack/react-router";
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { startHotkeys, useHotkeys } from "~/components/hotkeys.tsx";
import { KeyHelp } from "~/components/KeyHelp.tsx";
import { Toasts } from "~/components/Toast.tsx";
import { Navigation, useNavigationEntries } from "./Navigation.tsx";
import { Palette } from "./Palette.tsx";
import styles from "./Shell.module.css";
import { TopBar } from "./TopBar.tsx";
import { useUndoLast } from "./undo.ts";

const COLLAPSED = "liaison.navigation";

/** The window: navigation on the left, the bar above, the screen in the middle. */
export function Shell() {
  const { t } = useTranslation();
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(COLLAPSED) === "collapsed");
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  const undoLast = useUndoLast();
  const entries = useNavigationEntries();
  const toggle = () => {
    localStorage.setItem(COLLAPSED, collapsed ? "open" : "collapsed");
    setCollapsed(!collapsed);
  };

  useEffect(startHotkeys, []);
  useHotkeys(t("shell.keys.anywhere"), [
    { keys: "Ctrl+K", label: t("shell.keys.search"), run: () => setPalette(true) },
    { keys: "?", label: t("shell.keys.help"), run: () => setHelp(true) },
    { keys: "Ctrl+Z", label: t("shell.keys.undo"), run: undoLast },
    { keys: "Ctrl+B", label: t("shell.keys.navigation"), run: toggle },
    { keys: "F6", label: t("shell.keys.messages") },
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
        <main className={styles.content}>
          <Suspense>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <KeyHelp isOpen={help} onClose={() => setHelp(false)} />
      <Palette isOpen={palette} onClose={() => setPalette(false)} />
      <Toasts />
    </div>
  );
}
