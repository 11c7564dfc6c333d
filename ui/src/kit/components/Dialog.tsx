import { type LucideIcon, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "./Button.tsx";
import styles from "./Dialog.module.css";
import { HotkeyLayer, useHotkeys } from "./hotkeys.tsx";
import { Scrollable } from "./Scrollable.tsx";
import { ErrorLine } from "./States.tsx";

export type DialogProps = {
  title: string;
  /** Left out where the dialog is there only while it is open. */
  isOpen?: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the foot, the act last. */
  footer?: ReactNode;
  /** What went wrong with the act; said above the buttons, wherever the body is scrolled to. */
  error?: unknown;
  /** "wide" has room for two columns; like "large" it closes by its buttons and Esc only. */
  size?: "small" | "medium" | "large" | "wide";
  /** "alertdialog" where it asks before something happens. */
  role?: "dialog" | "alertdialog";
};

/** A window on top of the page. Esc closes it; focus stays inside and goes back where it came from. */
export function Dialog(props: DialogProps) {
  const { title, isOpen = true, onClose, children, footer, error, size = "small", role = "dialog" } = props;
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
            {error ? (
              <div className={styles.error}>
                <ErrorLine error={error} />
              </div>
            ) : null}
            {footer && <footer className={styles.footer}>{footer}</footer>}
          </HotkeyLayer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export type ActProps = Omit<DialogProps, "footer"> & {
  /** The act, as a verb: "Reject". */
  act: string;
  /** Does it. Left out where the button submits the form of the id `form`. */
  onAct?: () => void;
  form?: string;
  destructive?: boolean;
  icon?: LucideIcon | undefined;
  isDisabled?: boolean | undefined;
  /** Something is typed or chosen that would be lost: the dialog asks before it closes. */
  isDirty?: boolean;
  /** Ctrl+Enter does it, from wherever the keyboard stands in the dialog. */
  onKey?: () => void;
  /** A button has the focus first: the act, or Cancel where the act is destructive. */
  autoFocus?: boolean;
  /** Words of the other button. */
  cancel?: string;
  /** Stands at the foot, before the buttons. */
  beside?: ReactNode;
  /** Another way to do it, beside the act. */
  also?: ReactNode;
  /** Stands in the place of the act, where it can't be done and something else can; `null` where nothing can. */
  instead?: ReactNode;
};

/** A dialog that does one thing or leaves it: Cancel, and a button that names the act. */
export function ActDialog(props: ActProps) {
  const { act, onAct, form, destructive, icon, isDisabled, isDirty, onKey, autoFocus, cancel, ...rest } = props;
  const { beside, also, instead, onClose, children, ...dialog } = rest;
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const firstButton = useRef<HTMLButtonElement>(null);
  const cancelFirst = destructive === true || instead !== undefined;
  const isOpen = dialog.isOpen;
  // A dialog that was there before it opened gets its focus when it opens. A button that is off while its question is looked up can't take the focus; it gets it later, unless somebody moved it.
  useEffect(() => {
    const dialog = firstButton.current?.closest('[role="dialog"], [role="alertdialog"]');
    const takes = cancelFirst || !isDisabled;
    if (autoFocus && isOpen !== false && takes && document.activeElement === dialog) firstButton.current?.focus();
  }, [autoFocus, cancelFirst, isDisabled, isOpen]);
  const close = () => (isDirty ? setAsking(true) : onClose());
  return (
    <Dialog
      {...dialog}
      onClose={close}
      footer={
        <>
          {beside}
          <Button variant="quiet" onPress={close} {...(cancelFirst && { ref: firstButton })}>
            {cancel ?? t("common.cancel")}
          </Button>
          {instead === undefined && also}
          {instead === undefined ? (
            <Button
              variant={destructive ? "destructive" : "primary"}
              {...(form ? { type: "submit", form } : { onPress: onAct })}
              {...(onKey && { hotkey: KEY })}
              {...(icon && { icon })}
              isDisabled={isDisabled}
              {...(!cancelFirst && { ref: firstButton })}
            >
              {act}
            </Button>
          ) : (
            instead
          )}
        </>
      }
    >
      {onKey && <ActKey group={props.title} act={act} run={onKey} enabled={!isDisabled && instead === undefined} />}
      {children}
      {isDirty !== undefined && <DiscardQuestion isOpen={asking} onStay={() => setAsking(false)} onLeave={onClose} />}
    </Dialog>
  );
}

const KEY = "Ctrl+Enter";

/** Keys belong to the layer they are registered in: this one stands inside of the dialog. */
function ActKey({ group, act, run, enabled }: { group: string; act: string; run: () => void; enabled: boolean }) {
  useHotkeys(group, [{ keys: KEY, label: act, run, enabled }]);
  return null;
}

export type ConfirmProps = Omit<ActProps, "onAct" | "role" | "children"> & {
  /** What will happen, to how many, and what will not: one sentence each. */
  sentences: ReactNode[];
  /** What will happen is still being looked up. */
  isPending?: boolean;
  onConfirm: () => void;
  children?: ReactNode;
};

/** Says what will happen before it does. The button names the act. */
export function ConfirmDialog({ sentences, isPending, onConfirm, children, ...props }: ConfirmProps) {
  return (
    <ActDialog {...props} role="alertdialog" onAct={() => !isPending && onConfirm()} autoFocus>
      <Sentences said={sentences} />
      {children}
    </ActDialog>
  );
}

type DiscardProps = { isOpen: boolean; onStay: () => void; onLeave: () => void };

/** Asks before something typed is left without being saved. */
export function DiscardQuestion({ isOpen, onStay, onLeave }: DiscardProps) {
  const { t } = useTranslation();
  return (
    <ConfirmDialog
      title={t("record.form.discardTitle")}
      sentences={[t("record.form.discard")]}
      act={t("record.form.discardAct")}
      cancel={t("record.form.keep")}
      destructive
      isOpen={isOpen}
      onClose={onStay}
      onConfirm={onLeave}
    />
  );
}

/** What will happen and what will not, below each other, the first one foremost. */
export function Sentences({ said }: { said: ReactNode[] }) {
  if (said.length === 0) return null;
  return (
    <div className={styles.sentences} aria-live="polite">
      {said.map((sentence, n) => (
        <p key={n}>{sentence}</p>
      ))}
    </div>
  );
}
