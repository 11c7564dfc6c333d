import { ImageUp, Trash2 } from "lucide-react";
import { FileTrigger } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { ColorReading, InstitutionLook } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { TextArea, TextField } from "~/kit/components/TextField.tsx";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import textStyle from "~/kit/layout/Text.module.css";
import { ZoneField } from "~/records/fields/ZoneField.tsx";
import styles from "./Customization.module.css";
import type { LookDraft } from "./useLook.ts";

/** Color, logo and contact information; at first start the name is known already. */
export function LookFields({ look, named = false }: { look: LookDraft; named?: boolean }) {
  const { t } = useTranslation();
  const { form, set, problem, preview, setFailed } = look;
  const text = (field: keyof InstitutionLook) => ({
    label: t(`institution.${field}`),
    value: form[field],
    onChange: (value: string) => set({ [field]: value }),
    error: problem(field),
    validationBehavior: "aria" as const,
  });
  return (
    <>
      <fieldset className={styles.group}>
        <legend className={textStyle.legend}>{t("institution.look")}</legend>
        {!named && <TextField {...text("name")} isRequired />}
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
            onChange={(event) => set({ color: event.target.value })}
          />
        </div>
        <div className={stack.by4}>
          <span className={styles.label} id="institution-logo">
            {t("institution.logo")}
          </span>
          <div className={row.wrapCenter}>
            {form.logo !== "" && problem("logo") === undefined ? (
              <img className={styles.picture} src={`data:${form.logo}`} alt={t("institution.logo")} />
            ) : (
              <span className={styles.noLogo}>{t("institution.noLogo")}</span>
            )}
            <FileTrigger
              acceptedFileTypes={["image/png", "image/jpeg"]}
              onSelect={(files) => {
                const file = files?.[0];
                if (file) void readPicture(file).then((logo) => set({ logo }), setFailed);
              }}
            >
              <Button icon={ImageUp} aria-describedby="institution-logo">
                {t("institution.chooseLogo")}
              </Button>
            </FileTrigger>
            {form.logo !== "" && (
              <Button variant="quiet" icon={Trash2} onPress={() => set({ logo: "" })}>
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
        <legend className={textStyle.legend}>{t("institution.contact")}</legend>
        <div className={`${stack.pairs} ${styles.fields}`}>
          <TextField {...text("email")} />
          <TextField {...text("phone")} />
        </div>
        <TextField {...text("website")} />
        <TextArea {...text("address")} rows={3} />
      </fieldset>
      {!named && (
        <fieldset className={styles.group}>
          <legend className={textStyle.legend}>{t("institution.time_zone")}</legend>
          <ZoneField
            label={t("institution.time_zone")}
            hideLabel
            hint={t(form.time_zone === "" ? "institution.noZone" : "institution.zoneHint")}
            error={problem("time_zone")}
            value={form.time_zone}
            onChange={(zone) => set({ time_zone: zone })}
            isRequired
          />
        </fieldset>
      )}
    </>
  );
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

/** How the color does, in the words for what Rust found. */
function ColorHint({ reading, isChosen }: { reading: ColorReading | undefined; isChosen: boolean }) {
  const { t } = useTranslation();
  if (!reading || !isChosen) return t("institution.colorHint");
  const contrast = (reading.contrast ?? 0).toFixed(1);
  if (reading.readable) return t("institution.readable", { contrast });
  const words = t(reading.words === "#000000" ? "institution.black" : "institution.white");
  return <span className={styles.pale}>{t("institution.pale", { contrast, words })}</span>;
}
