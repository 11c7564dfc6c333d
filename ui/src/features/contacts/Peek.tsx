import { Maximize2, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/components/Button.tsx";
import { Scrollable } from "~/components/Scrollable.tsx";
import { ContactCard } from "../profile/ContactCard.tsx";
import styles from "../record/List.module.css";

/** The person beside the list. */
export function Peek({
  id,
  name,
  onOpen,
  onClose,
}: {
  id: string;
  name: string;
  onOpen: () => void;
  onClose?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  return (
    <aside className={styles.pane} aria-label={t("contacts.peek.label", { name })}>
      <div className={styles.paneBar}>
        <IconButton label={t("contacts.peek.open")} icon={Maximize2} size="small" hotkey="Enter" onPress={onOpen} />
        {onClose && <IconButton label={t("common.close")} icon={X} size="small" hotkey="Escape" onPress={onClose} />}
      </div>
      <Scrollable className={styles.paneBody} label={name}>
        <ContactCard id={id} name={name} />
      </Scrollable>
    </aside>
  );
}
