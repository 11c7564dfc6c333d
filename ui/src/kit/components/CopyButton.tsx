import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./Button.tsx";
import { toast } from "./Toast.tsx";

/** Copies where the web view keeps the clipboard closed to scripts: from a selected text, as people do by hand. */
function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  const before = document.activeElement;
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}

/** Copies a value and says so. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const { t } = useTranslation();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (!copyBySelection(text)) return toast(t("card.notCopied"));
    }
    toast(t("card.copied", { what }));
  };
  return <IconButton label={t("card.copy", { what })} icon={Copy} size="small" onPress={() => void copy()} />;
}
