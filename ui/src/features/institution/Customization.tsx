import { useQuery } from "@tanstack/react-query";
import { ImageUp, Trash2 } from "lucide-react";
import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { useHotkeys } from "~/components/hotkeys.tsx";
import { Scrollable } from "~/components/Scrollable.tsx";
import { ErrorLine, ErrorState, Skeleton } from "~/components/States.tsx";
import { TextArea, TextField } from "~/components/TextField.tsx";
import { problemText } from "~/i18n/words.ts";
import {
  type ColorReading,
  call,
  commandError,
  commands,
  type FieldEdit,
  type InstitutionLook,
  type LookPreview,
} from "~/ipc";
import { MessagePreview } from "../mail/MessagePreview.tsx";
import { problemsOf, useLivePreview, useRested } from "../mail/useDraft.ts";
import { useAnnounce } from "../shell/undo.ts";
import styles from "./Customization.module.css";

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

/** A picture as it is kept: `image/png;base64,…`. */
function readPicture(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

function LookForm({ before }: { before: InstitutionLook }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [form, setForm] = useState(before);
  const [failed, setFailed] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const rested = useRested(form);
  const preview = useLivePreview<LookPreview>(
    ["institution", "preview", rested],
    () => call(commands.institutionPreview(rested)),
    true,
  );
  const refused = problemsOf(failed);
  const found = preview.data?.problems ?? [];
  const problem = (field: keyof InstitutionLook) => {
    const live = found.find((each) => each.field === field);
    return live ? problemText(live.problem) : refused(field);
  };
  const isDirty = JSON.stringify(form) !== JSON.stringify(before);
  const text = (field: keyof InstitutionLook) => ({
    label: t(`institution.${field}`),
    value: form[field],
    onChange: (value: string) => setForm((now) => ({ ...now, [field]: value })),
    error: problem(field),
    validationBehavior: "aria" as const,
  });

  const save = async () => {
    if (saving || !isDirty) return;
    setSaving(true);
    setFailed(null);
    try {
      const edits = (Object.keys(before) as (keyof InstitutionLook)[]).flatMap<FieldEdit>((field) =>
        before[field] === form[field] ? [] : [{ field, before: before[field] || null, after: form[field] || null }],
      );
      const done = await call(commands.institutionEdit(edits));
      announce(done.operation, t("institution.saved"));
    } catch (thrown) {
      setFailed(thrown);
    } finally {
      setSaving(false);
    }
  };
  useHotkeys(t("institution.page"), [
    { keys: "Ctrl+S", label: t("institution.save"), run: () => void save(), enabled: isDirty },
  ]);

  return (
    <div className={styles.page}>
      <Scrollable label={t("institution.title")} className={styles.scroll}>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <header>
            <h2 className={styles.title}>{t("institution.title")}</h2>
            <p className={styles.lead}>{t("institution.lead")}</p>
          </header>
          <fieldset className={styles.group}>
            <legend className={styles.legend}>{t("institution.look")}</legend>
            <TextField {...text("name")} isRequired />
            <div className={styles.color}>
              <TextField
                {...text("color")}
                placeholder={preview.data?.color.color}
                hint={<ColorHint reading={preview.data?.color} isChosen={form.color !== ""} />}
              />
              <input
                type="color"
                className={styles.swatch}
                aria-label={t("institution.pick")}
                title={t("institution.pick")}
                value={preview.data?.color.color ?? "#000000"}
                onChange={(event) => setForm({ ...form, color: event.target.value })}
              />
            </div>
            <div className={styles.logoField}>
              <span className={styles.label} id="institution-logo">
                {t("institution.logo")}
              </span>
              <div className={styles.logo}>
                {form.logo !== "" && problem("logo") === undefined ? (
                  <img className={styles.picture} src={`data:${form.logo}`} alt={t("institution.logo")} />
                ) : (
                  <span className={styles.noLogo}>{t("institution.noLogo")}</span>
                )}
                <FileTrigger
                  acceptedFileTypes={["image/png", "image/jpeg"]}
                  onSelect={(files) => {
                    const file = files?.[0];
                    if (file) void readPicture(file).then((logo) => setForm((now) => ({ ...now, logo })), setFailed);
                  }}
                >
                  <Button icon={ImageUp} aria-describedby="institution-logo">
                    {t("institution.chooseLogo")}
                  </Button>
                </FileTrigger>
                {form.logo !== "" && (
                  <Button variant="quiet" icon={Trash2} onPress={() => setForm({ ...form, logo: "" })}>
                    {t("institution.removeLogo")}
                  </Button>
                )}
              </div>
              {problem("logo") ? (
                <p className={styles.error} role="alert">
                  {problem("logo")}
                </p>
              ) : (
                <p className={styles.hint}>{t("institution.logoHint")}</p>
              )}
            </div>
          </fieldset>
          <fieldset className={styles.group}>
            <legend className={styles.legend}>{t("institution.contact")}</legend>
            <div className={styles.fields}>
              <TextField {...text("email")} />
              <TextField {...text("phone")} />
            </div>
            <TextField {...text("website")} />
            <TextArea {...text("address")} rows={3} />
          </fieldset>
          {failed !== null && commandError(failed).code !== "validation" && <ErrorLine error={failed} />}
          <div className={styles.acts}>
            <Button variant="primary" type="submit" isDisabled={!isDirty || saving} hotkey="Ctrl+S">
              {t("institution.save")}
            </Button>
            {isDirty && (
              <Button variant="quiet" onPress={() => setForm(before)}>
                {t("institution.reset")}
              </Button>
            )}
          </div>
        </form>
      </Scrollable>
      <aside className={styles.aside}>
        <h2 className={styles.legend}>{t("institution.preview")}</h2>
        {preview.error ? <ErrorLine error={preview.error} /> : <MessagePreview preview={preview.data?.mail} />}
      </aside>
    </div>
  );
}

/** How the color does, in the words for what Rust found. */
function ColorHint({ reading, isChosen }: { reading: ColorReading | undefined; isChosen: boolean }) {
  const { t } = useTranslation();
  if (!reading || !isChosen) return t("institution.colorHint");
  const contrast = (reading.contrast ?? 0).toFixed(1);
  if (reading.readable) return t("institution.readable", { contrast });
  const words = t(reading.words === "#000000" ? "institution.black" : "institution.white");
  return <span className={styles.pale}>{t("institution.pale", { contrast, words })}</span>;
}
