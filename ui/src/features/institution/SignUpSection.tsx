import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type FieldEdit, type InvitationSettings } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import { TextArea } from "~/kit/components/TextField.tsx";
import { useLeaving } from "~/kit/components/useLeaving.tsx";
import { unplaced, useSubmit } from "~/kit/components/useSubmit.ts";
import { choiceLabel, fieldLabel } from "~/kit/i18n/words.ts";
import textStyle from "~/kit/layout/Text.module.css";
import { useFields } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { useInvitationSettings } from "../invitations/queries.ts";
import styles from "./Customization.module.css";

const ANYBODY = "open";

/** Who may sign up in the portal, and what employers read there. */
export function SignUpSection() {
  const { data } = useInvitationSettings();
  // The form begins anew with what was saved, here or elsewhere.
  return data && <SignUpForm key={`${data.sign_up} ${data.hire_text}`} settings={data} />;
}

function SignUpForm({ settings }: { settings: InvitationSettings }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const field = useFields("institution").find(({ key }) => key === "sign_up");
  const choices = field?.field_type.type === "choice" ? field.field_type.choices : [];
  const [signUp, setSignUp] = useState(settings.sign_up || ANYBODY);
  const [hireText, setHireText] = useState(settings.hire_text);
  const edits: FieldEdit[] = [
    ...(signUp === (settings.sign_up || ANYBODY)
      ? []
      : [{ field: "sign_up", before: settings.sign_up || null, after: signUp }]),
    ...(hireText === settings.hire_text
      ? []
      : [{ field: "hire_text", before: settings.hire_text || null, after: hireText || null }]),
  ];
  const form = useSubmit(async () => {
    const done = await call(commands.institutionEdit(edits));
    announce(done.operation, t("institution.signUpSaved"));
  });
  const leaving = useLeaving(edits.length > 0);
  return (
    <form
      className={styles.portal}
      aria-labelledby="sign-up-title"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
    >
      <h2 id="sign-up-title" className={textStyle.legend}>
        {t("institution.signUp")}
      </h2>
      <Select
        label={fieldLabel("institution", "sign_up")}
        hint={t("institution.signUpHint")}
        choices={choices.map((id) => ({ id, label: choiceLabel("sign_up", id) }))}
        value={signUp}
        onChange={setSignUp}
        error={form.problem("sign_up")}
      />
      <TextArea
        label={fieldLabel("institution", "hire_text")}
        hint={t("institution.hireTextHint")}
        value={hireText}
        onChange={setHireText}
        rows={4}
        validationBehavior="aria"
        error={form.problem("hire_text")}
      />
      <ErrorLine error={unplaced(form.failed)} />
      <div className={styles.acts}>
        <Button type="submit" isDisabled={edits.length === 0 || form.isPending}>
          {t("institution.signUpSave")}
        </Button>
      </div>
      {leaving}
    </form>
  );
}
