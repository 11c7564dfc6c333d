import { X } from "lucide-react";
import {
  UNSTABLE_Toast as AriaToast,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { commandError } from "~/ipc/error.ts";
import { errorText } from "../i18n/words.ts";
import textStyle from "../layout/Text.module.css";
import { Button, IconButton } from "./Button.tsx";
import { Tasks } from "./Tasks.tsx";
import styles from "./Toast.module.css";

type Message = { text: string; tone: "plain" | "bad"; undo?: () => void };

const SHOWN_MS = 10_000;
const queue = new ToastQueue<Message>({ maxVisibleToasts: 1 });

/** Only the latest message shows: in the queue somebody acts every second, and three would hide the person. */
function show(message: Message) {
  queue.clear();
  queue.add(message, { timeout: SHOWN_MS });
}

/** Says what was done, in words, with Undo where it can be undone. Stays 10 s, longer while it has focus or the pointer. */
export function toast(text: string, undo?: () => void) {
  show({ text, tone: "plain", undo });
}

/** Says what could not be done and what to do next. */
export function toastError(error: unknown) {
  show({ text: errorText(commandError(error)), tone: "bad" });
}

const REGION = "liaison-messages";

/** Moves the focus to the latest message; Tab goes on from there. */
export function focusToasts() {
  document.querySelector<HTMLElement>(`.${REGION} button`)?.focus();
}

/** Where messages appear. */
export function Toasts() {
  const { t } = useTranslation();
  return (
    <>
      <Tasks />
      <ToastRegion queue={queue} className={`${REGION} ${styles.region}`} aria-label={t("common.toast.region")}>
        {({ toast: shown }) => (
          <AriaToast toast={shown} className={styles.toast ?? ""} data-tone={shown.content.tone}>
            <ToastContent className={textStyle.rest ?? ""}>
              <Text slot="title">{shown.content.text}</Text>
            </ToastContent>
            {shown.content.undo && (
              <Button
                variant="quiet"
                size="small"
                hotkey="Ctrl+Z"
                onPress={() => {
                  queue.close(shown.key);
                  shown.content.undo?.();
                }}
              >
                {t("common.undo")}
              </Button>
            )}
            <IconButton
              label={t("common.toast.dismiss")}
              icon={X}
              size="small"
              onPress={() => queue.close(shown.key)}
            />
          </AriaToast>
        )}
      </ToastRegion>
    </>
  );
}
