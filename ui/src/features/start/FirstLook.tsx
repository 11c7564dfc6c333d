import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type InstitutionLook } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorLine, Skeleton } from "~/kit/components/States.tsx";
import { LookFields } from "../institution/LookFields.tsx";
import { useLook } from "../institution/useLook.ts";
import { MessagePreview } from "../mail/MessagePreview.tsx";
import styles from "./Start.module.css";
import { StartPage } from "./StartPage.tsx";

/** The last step of the set-up: what people will see of the institution. It can wait; the desk opens either way. */
export function FirstLook() {
  const { t } = useTranslation();
  const client = useQueryClient();
  // Not under the tag of the institution: the desk opens when that is read again, and what is typed would be gone.
  const look = useQuery({ queryKey: ["first-look"], queryFn: () => call(commands.institutionLook()) });
  const open = () => void client.invalidateQueries({ queryKey: ["institution"] });
  if (look.data) return <FirstLookForm before={look.data} onDone={open} />;
  return (
    <StartPage title={t("start.look.title")} lead={t("start.look.lead")}>
      {look.error ? <ErrorLine error={look.error} /> : <Skeleton lines={6} />}
      <div className={styles.submit}>
        <Button onPress={open}>{t("start.look.later")}</Button>
      </div>
    </StartPage>
  );
}

function FirstLookForm({ before, onDone }: { before: InstitutionLook; onDone: () => void }) {
  const { t } = useTranslation();
  const look = useLook(before);
  const { preview, isDirty, saving, failed } = look;
  return (
    <StartPage
      title={t("start.look.title")}
      lead={t("start.look.lead")}
      aside={<MessagePreview preview={preview.data?.mail} />}
    >
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void look.save().then((done) => done && onDone());
        }}
      >
        <LookFields look={look} named />
        {failed !== null && commandError(failed).code !== "validation" && <ErrorLine error={failed} />}
        <div className={styles.submit}>
          <Button variant="primary" type="submit" isDisabled={!isDirty || saving}>
            {t("start.look.save")}
          </Button>
          <Button variant="quiet" onPress={onDone}>
            {t("start.look.later")}
          </Button>
        </div>
      </form>
    </StartPage>
  );
}
