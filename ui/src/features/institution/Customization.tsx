import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type InstitutionLook } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { ErrorLine, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { useLeaving } from "~/kit/components/useLeaving.tsx";
import frame from "~/kit/layout/Frame.module.css";
import text from "~/kit/layout/Text.module.css";
import { useAnnounce } from "~/session/undo.ts";
import { MessagePreview } from "../mail/MessagePreview.tsx";
import styles from "./Customization.module.css";
import { LookFields } from "./LookFields.tsx";
import { PortalSection } from "./PortalSection.tsx";
import { SignUpSection } from "./SignUpSection.tsx";
import { useLook } from "./useLook.ts";

/** Site Management › UI Customization: how mail and portal look (M35). */
export function Customization() {
  const look = useQuery({ queryKey: ["institution", "look"], queryFn: () => call(commands.institutionLook()) });
  if (look.error) return <ErrorState error={look.error} onRetry={() => void look.refetch()} />;
  if (!look.data)
    return (
      <div className={styles.waiting}>
        <Skeleton lines={8} />
      </div>
    );
  // The form begins anew with what was saved, here or elsewhere.
  return <LookForm key={JSON.stringify(look.data)} before={look.data} />;
}

function LookForm({ before }: { before: InstitutionLook }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const look = useLook(before);
  const { preview, isDirty, saving, failed } = look;
  const leaving = useLeaving(isDirty);
  const save = async () => {
    const done = await look.save();
    if (done) announce(done.operation, t("institution.saved"));
  };
  useHotkeys(t("institution.page"), [
    { keys: "Ctrl+S", label: t("institution.save"), run: () => void save(), enabled: isDirty },
  ]);

  return (
    <div className={frame.split}>
      <Scrollable label={t("institution.title")} className={frame.scrollBeside}>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <p className={text.lead}>{t("institution.lead")}</p>
          <LookFields look={look} />
          {failed !== null && commandError(failed).code !== "validation" && <ErrorLine error={failed} />}
          <div className={styles.acts}>
            <Button variant="primary" type="submit" isDisabled={!isDirty || saving} hotkey="Ctrl+S">
              {t("institution.save")}
            </Button>
            {isDirty && (
              <Button variant="quiet" onPress={look.reset}>
                {t("institution.reset")}
              </Button>
            )}
          </div>
        </form>
        <PortalSection />
        <SignUpSection />
      </Scrollable>
      <aside className={`${frame.aside} ${styles.aside}`}>
        <h2 className={text.legend}>{t("institution.preview")}</h2>
        {preview.error ? <ErrorLine error={preview.error} /> : <MessagePreview preview={preview.data?.mail} />}
      </aside>
      {leaving}
    </div>
  );
}
