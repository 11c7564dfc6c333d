import { FlaskConical, KeyRound, MonitorCheck, Sparkles } from "lucide-react";
import { RadioGroup, ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { TextField } from "~/kit/components/TextField.tsx";
import { count } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { ZoneField } from "~/records/fields/ZoneField.tsx";
import { OptionCard } from "./OptionCard.tsx";
import { PasscodeFields } from "./PasscodeFields.tsx";
import styles from "./Start.module.css";
import { SAMPLE_SIZES } from "./samples.ts";
import type { useSetup } from "./useSetup.ts";

type Props = { setup: ReturnType<typeof useSetup> };

/** Who works here. */
export function WhoSection({ setup }: Props) {
  const { t } = useTranslation();
  const { form, change, errorOf } = setup;
  return (
    <section className={stack.by12} aria-labelledby="setup-who">
      <h2 id="setup-who" className={row.heading}>
        <span className={styles.number}>1</span> {t("start.setup.who")}
      </h2>
      <TextField
        name="institution"
        label={t("start.setup.institution")}
        hint={t("start.setup.institutionHint")}
        error={errorOf("institution")}
        value={form.institution}
        onChange={(institution) => change({ institution }, "institution")}
        validationBehavior="aria"
        autoComplete="organization"
        autoFocus
      />
      <div className={styles.pair}>
        <TextField
          name="first_name"
          label={t("start.setup.firstName")}
          error={errorOf("first_name")}
          value={form.firstName}
          onChange={(firstName) => change({ firstName }, "first_name")}
          validationBehavior="aria"
          autoComplete="given-name"
        />
        <TextField
          name="last_name"
          label={t("start.setup.lastName")}
          error={errorOf("last_name")}
          value={form.lastName}
          onChange={(lastName) => change({ lastName }, "last_name")}
          validationBehavior="aria"
          autoComplete="family-name"
        />
      </div>
      <div className={styles.pair}>
        <TextField
          name="email"
          type="email"
          label={t("start.setup.email")}
          hint={t("start.setup.administrator")}
          error={errorOf("email")}
          value={form.email}
          onChange={(email) => change({ email }, "email")}
          validationBehavior="aria"
          autoComplete="email"
        />
        <ZoneField
          label={t("start.setup.timeZone")}
          hint={t("start.setup.timeZoneHint")}
          error={errorOf("time_zone")}
          value={form.timeZone}
          onChange={(timeZone) => change({ timeZone }, "time_zone")}
          isRequired
        />
      </div>
    </section>
  );
}

/** How the data is protected: by the keychain of the system, where there is one, or by a passcode. */
export function ProtectionSection({ setup, hasKeychain }: Props & { hasKeychain: boolean }) {
  const { t } = useTranslation();
  const { form, change, errorOf, slip } = setup;
  return (
    <section className={stack.by12} aria-labelledby="setup-protection">
      <h2 id="setup-protection" className={row.heading}>
        <span className={styles.number}>2</span> {t("start.setup.protection")}
      </h2>
      <p className={styles.note}>{t(hasKeychain ? "start.setup.protectionNote" : "start.setup.noKeychain")}</p>
      {hasKeychain && (
        <RadioGroup
          className={styles.cards ?? ""}
          aria-labelledby="setup-protection"
          value={form.protection}
          onChange={(value) => change({ protection: value === "passcode" ? "passcode" : "keychain" }, "passcode")}
        >
          <OptionCard
            value="keychain"
            icon={MonitorCheck}
            label={t("start.setup.keychain")}
            note={t("start.setup.keychainNote")}
          />
          <OptionCard
            value="passcode"
            icon={KeyRound}
            label={t("start.setup.passcode")}
            note={t("start.setup.passcodeNote")}
          />
        </RadioGroup>
      )}
      {form.protection === "passcode" && (
        <PasscodeFields
          passcode={form.passcode}
          again={form.passcodeAgain}
          slip={slip}
          problem={errorOf("passcode")}
          onChange={(passcode) => change({ passcode }, "passcode")}
          onChangeAgain={(passcodeAgain) => change({ passcodeAgain }, "passcode")}
        />
      )}
    </section>
  );
}

/** What to begin with: nothing, or invented people to try things with. */
export function BeginSection({ setup }: Props) {
  const { t } = useTranslation();
  const { form, change } = setup;
  return (
    <section className={stack.by12} aria-labelledby="setup-begin">
      <h2 id="setup-begin" className={row.heading}>
        <span className={styles.number}>3</span> {t("start.setup.begin")}
      </h2>
      <RadioGroup
        className={styles.cards ?? ""}
        aria-labelledby="setup-begin"
        value={form.sample === null ? "empty" : "sample"}
        onChange={(value) => change({ sample: value === "sample" ? (SAMPLE_SIZES[0] ?? null) : null })}
      >
        <OptionCard value="empty" icon={Sparkles} label={t("start.setup.empty")} note={t("start.setup.emptyNote")} />
        <OptionCard
          value="sample"
          icon={FlaskConical}
          label={t("start.setup.sample")}
          note={t("start.setup.sampleNote")}
        />
      </RadioGroup>
      {form.sample !== null && (
        <div className={styles.sizes}>
          <span id="setup-size">{t("start.setup.size")}</span>
          <ToggleButtonGroup
            className={styles.sizeGroup ?? ""}
            aria-labelledby="setup-size"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[form.sample]}
            onSelectionChange={(keys) => change({ sample: Number([...keys][0]) })}
          >
            {SAMPLE_SIZES.map((size) => (
              <ToggleButton key={size} id={size} className={styles.size ?? ""}>
                {count(size)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        </div>
      )}
    </section>
  );
}
