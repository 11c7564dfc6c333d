import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { MailPreview } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { listed } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import styles from "./Mail.module.css";
import { placeText } from "./words.ts";

type Props = {
  preview: MailPreview | null | undefined;
  /** The draft has mistakes, and this is how it was before them. */
  isStale?: boolean;
  /** Which recipient it is, and the way to the others. */
  place?: { at: number; total: number; onPlace: (at: number) => void };
};

/** A message as its recipient will see it: designed, in a frame where nothing of it runs, and plain. */
export function MessagePreview({ preview, isStale = false, place }: Props) {
  const { t } = useTranslation();
  const [part, setPart] = useState<"html" | "plain">("html");
  return (
    <section className={styles.preview} aria-label={t("mail.preview.title")}>
      <header className={row.between}>
        <ToggleButtonGroup
          className={styles.parts ?? ""}
          aria-label={t("mail.preview.as")}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[part]}
          onSelectionChange={(keys) => setPart(keys.has("plain") ? "plain" : "html")}
        >
          {(["html", "plain"] as const).map((id) => (
            <ToggleButton key={id} id={id} className={styles.part ?? ""}>
              {t(`mail.preview.${id}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        {place && place.total > 1 && (
          <span className={styles.places}>
            <IconButton
              label={t("mail.preview.previous")}
              icon={ChevronLeft}
              size="small"
              isDisabled={place.at === 0}
              onPress={() => place.onPlace(place.at - 1)}
            />
            <span role="status">{t("mail.preview.at", { at: place.at + 1, total: place.total })}</span>
            <IconButton
              label={t("mail.preview.next")}
              icon={ChevronRight}
              size="small"
              isDisabled={place.at + 1 >= place.total}
              onPress={() => place.onPlace(place.at + 1)}
            />
          </span>
        )}
      </header>
      {preview ? (
        <>
          <dl className={styles.envelope}>
            <dt>{t("mail.preview.to")}</dt>
            <dd>{preview.to}</dd>
            <dt>{t("mail.preview.subject")}</dt>
            <dd>{preview.subject}</dd>
          </dl>
          {(isStale || preview.empty_places.length > 0) && (
            <p className={styles.warning}>
              {isStale
                ? t("mail.preview.stale")
                : t("mail.preview.empty", { places: listed(preview.empty_places.map(placeText)) })}
            </p>
          )}
          {part === "html" ? (
            <iframe
              className={styles.frame}
              title={t("mail.preview.frame", { to: preview.to })}
              sandbox=""
              srcDoc={preview.html}
            />
          ) : (
            <Scrollable label={t("mail.preview.frame", { to: preview.to })} className={styles.plain}>
              <pre>{preview.text}</pre>
            </Scrollable>
          )}
        </>
      ) : (
        <p className={styles.nothing}>{t("mail.preview.none")}</p>
      )}
    </section>
  );
}
