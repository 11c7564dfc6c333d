import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "./Button.tsx";
import styles from "./Dialog.module.css";
import { HotkeyLayer } from "./hotkeys.tsx";
import { Scrollable } from "./Scrollable.tsx";

export type DialogProps = {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the foot, the act last. */
  footer?: ReactNode;
  /** "wide" has room for two columns; like "large" it closes by its buttons and Esc only. */
  size?: "small" | "medium" | "large" | "wide";
  /** "alertdialog" where it asks before something happens. */
  role?: "dialog" | "alertdialog";
};

/** A window on top of the page. Esc closes it; focus stays inside and goes back where it came from. */
export function Dialog({ title, isOpen, onClose, children, footer, size = "small", role = "dialog" }: DialogProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      className={styles.overlay ?? ""}
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === "dialog" && size !== "large" && size !== "wide"}
    >
      <Modal className={styles.modal ?? ""} data-size={size}>
        <AriaDialog className={styles.dialog ?? ""} role={role}>
          <HotkeyLayer>
            <header className={styles.header}>
              <Heading slot="title" className={styles.title ?? ""}>
                {title}
              </Heading>
              <IconButton label={t("common.close")} icon={X} size="small" onPress={onClose} />
            </header>
            <Scrollable label={title} className={styles.body}>
              {children}
            </Scrollable>
            {footer && <footer className={styles.footer}>{footer}</footer>}
          </HotkeyLayer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export type ConfirmProps = {
  title: string;
  /** What will happen, to how many, and what will not: one sentence each. */
  sentences: ReactNode[];
  /** The act, as a verb: "Reject". */
  act: string;
  destructive?: boolean;
  /** Words of the other button. */
  cancel?: string;
  isOpen: boolean;
  /** What will happen is still being looked up. */
  isPending?: boolean;
  /** Nothing would happen. */
  isDisabled?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
};

/** Says what will happen before it does. The button names the act. */
export function ConfirmDialog({
  title,
  sentences,
  act,
  destructive,
  cancel,
  isOpen,
  isPending,
  isDisabled,
  onConfirm,
  onClose,
  children,
}: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      role="alertdialog"
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            {cancel ?? t("common.cancel")}
          </Button>
          <Button
            variant={destructive ? "destructive" : "primary"}
            onPress={() => !isPending && onConfirm()}
            isDisabled={isDisabled}
            autoFocus
          >
            {act}
          </Button>
        </>
      }
    >
      {sentences.map((sentence, n) => (
        <p key={n} className={styles.sentence}>
          {sentence}
        </p>
      ))}
      {children}
    </Dialog>
  );
}
