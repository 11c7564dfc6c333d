import { Link, useMatches } from "@tanstack/react-router";
import { ChevronRight, CircleHelp, Monitor, Moon, Search, Sun } from "lucide-react";
import { useEffect } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { BackupSignal } from "~/features/backups/BackupSignal.tsx";
import { MailSignal } from "~/features/mail/MailSignal.tsx";
import { SyncSignal } from "~/features/sync/SyncSignal.tsx";
import { IconButton } from "~/kit/components/Button.tsx";
import { Keys } from "~/kit/components/Keys.tsx";
import { Menu, MenuItem } from "~/kit/components/Menu.tsx";
import { ariaKeys } from "~/kit/components/platform.ts";
import text from "~/kit/layout/Text.module.css";
import { useOwnTitle } from "~/kit/pages/title.ts";
import { chooseTheme, type ThemeChoice, useThemeChoice } from "~/kit/theme/theme.ts";
import { useAppState } from "~/session/session.ts";
import { PersonMenu } from "./PersonMenu.tsx";
import styles from "./Shell.module.css";

const THEMES = { system: Monitor, light: Sun, dark: Moon };

export function TopBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const { t } = useTranslation();
  const matches = useMatches();
  const own = useOwnTitle();
  const title = own ?? matches.at(-1)?.staticData.title?.() ?? t("common.product");
  const parent = matches.at(-1)?.staticData.parent;
  const { actor } = useAppState();
  const theme = useThemeChoice();
  useEffect(() => {
    document.title = `${title} · ${t("common.product")}`;
  }, [title, t]);
  return (
    <header className={styles.bar}>
      {parent && (
        <>
          <Link to={parent.to} search={{} as never} className={styles.parent}>
            {parent.label()}
          </Link>
          <ChevronRight size={14} className={styles.crumb} aria-hidden />
        </>
      )}
      <h1 className={`${text.clipRest} ${styles.title}`} title={title}>
        {title}
      </h1>
      <SyncSignal />
      <BackupSignal />
      <MailSignal />
      <Button className={styles.search ?? ""} onPress={onSearch} aria-keyshortcuts={ariaKeys("Ctrl+K")}>
        <Search size={14} strokeWidth={2} aria-hidden />
        <span>{t("shell.search")}</span>
        <span aria-hidden>
          <Keys keys="Ctrl+K" />
        </span>
      </Button>
      <IconButton label={t("shell.keys.help")} icon={CircleHelp} hotkey="?" onPress={onHelp} />
      <Menu
        label={t("shell.theme.label")}
        trigger={<IconButton label={t("shell.theme.label")} icon={THEMES[theme]} />}
        selectionMode="single"
        selectedKeys={[theme]}
        onSelectionChange={(keys) => chooseTheme(([...keys][0] ?? "system") as ThemeChoice)}
      >
        <MenuItem id="system">{t("shell.theme.system")}</MenuItem>
        <MenuItem id="light">{t("shell.theme.light")}</MenuItem>
        <MenuItem id="dark">{t("shell.theme.dark")}</MenuItem>
      </Menu>
      {actor && <PersonMenu actor={actor} />}
    </header>
  );
}
