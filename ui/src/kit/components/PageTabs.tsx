import { Link, type LinkProps, useNavigate } from "@tanstack/react-router";
import { useHotkeys } from "./hotkeys.tsx";
import styles from "./PageTabs.module.css";

export type PageTab = { to: NonNullable<LinkProps["to"]>; label: string; go: string };

/** Pages side by side. The keys 1, 2 and so on go to them; `go` says so on the help sheet. */
export function PageTabs({ label, tabs }: { label: string; tabs: PageTab[] }) {
  const navigate = useNavigate();
  useHotkeys(
    label,
    tabs.map(({ to, go }, n) => ({ keys: String(n + 1), label: go, run: () => void navigate({ to, search: {} }) })),
  );
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map(({ to, label: words }, n) => (
        <Link
          key={to}
          to={to}
          search={{}}
          className={styles.tab}
          activeOptions={{ exact: true, includeSearch: false }}
          aria-keyshortcuts={String(n + 1)}
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}
