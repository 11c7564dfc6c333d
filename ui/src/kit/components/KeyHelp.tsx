import { useTranslation } from "react-i18next";
import { Dialog } from "./Dialog.tsx";
import { type HotkeyEntry, useActiveHotkeys } from "./hotkeys.tsx";
import styles from "./KeyHelp.module.css";
import { Keys } from "./Keys.tsx";

/** Every key that works on the page now, by group. */
export function KeyHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const active = useActiveHotkeys().filter((entry) => entry.layer === 0 && entry.enabled);
  const groups = new Map<string, HotkeyEntry[]>();
  for (const entry of active) {
    const group = groups.get(entry.group) ?? [];
    const same = group.find((other) => other.label === entry.label);
    // Two keys for one act share a line.
    if (same) same.keys = same.keys.split(", ").includes(entry.keys) ? same.keys : `${same.keys}, ${entry.keys}`;
    else group.push({ ...entry });
    groups.set(entry.group, group);
  }
  return (
    <Dialog title={t("shell.keys.title")} isOpen={isOpen} onClose={onClose} size="large">
      <div className={styles.groups}>
        {[...groups].map(([group, list]) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.heading}>{group}</h3>
            <dl>
              {list.map((entry) => (
                <div key={entry.label} className={styles.entry}>
                  <dt>{entry.label}</dt>
                  <dd className={styles.keys}>
                    {entry.keys.split(", ").map((keys) => (
                      <Keys key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
