import { ContactRound, FileDown, FileSpreadsheet, FileText, FileUp, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type FieldSchema, type RecordKind } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorLine, Progress } from "~/kit/components/States.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import mark from "~/kit/layout/Mark.module.css";
import text from "~/kit/layout/Text.module.css";
import { useFields } from "~/session/session.ts";
import styles from "./FileStep.module.css";
import { KindSelect } from "./KindSelect.tsx";
import { useArrival } from "./useArrival.ts";
import { isCancelled, setKind, useWizard } from "./wizard.ts";

const FORMATS: [format: "csv" | "xlsx" | "vcard", icon: LucideIcon][] = [
  ["csv", FileText],
  ["xlsx", FileSpreadsheet],
  ["vcard", ContactRound],
];

/** What tells rows of a kind apart, in one hint. */
function hintOf(kind: RecordKind, fields: FieldSchema[]) {
  if (kind === "contact") return "contacts";
  if (kind === "student") return "students";
  const namesContacts = fields.some(
    ({ importable, field_type: type }) => importable && type.type === "reference" && type.kind === "contact",
  );
  return namesContacts ? "others" : "plain";
}

/** First step: a file, chosen or dropped. */
export function FileStep({ onChoose, onGoOn }: { onChoose: () => void; onGoOn: () => void }) {
  const { t } = useTranslation();
  const { kind, opened, done, work, error } = useWizard();
  const heading = useArrival<HTMLHeadingElement>();
  const fields = useFields(kind);
  const [saving, setSaving] = useState(false);
  const problem = commandError(error);

  const saveTemplate = async () => {
    setSaving(true);
    try {
      const path = await call(
        kind === "contact" ? commands.importSaveTemplate() : commands.importSaveRecordsTemplate(kind),
      );
      if (path !== null) toast(t("import.file.templateSaved", { path }));
    } catch (thrown) {
      toastError(thrown);
    } finally {
      setSaving(false);
    }
  };

  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <div className={styles.kind}>
          <KindSelect isDisabled={work !== null} onChange={(chosen) => void setKind(chosen)} />
          <p className={`${text.quietLong} ${styles.quiet}`}>{t(`import.kind.${hintOf(kind, fields)}`)}</p>
        </div>
        <div className={styles.zone} data-busy={work !== null || undefined}>
          <span className={`${mark.large} ${styles.zoneIcon}`} aria-hidden>
            <FileUp size={28} strokeWidth={1.5} />
          </span>
          {work ? (
            <div className={styles.progress}>
              <Progress label={t("import.file.opening")} progress={work.progress} />
            </div>
          ) : (
            <>
              <h2 ref={heading} tabIndex={-1} className={styles.title}>
                {t("import.file.drop")}
              </h2>
              <p className={`${text.quietLong} ${styles.quiet}`}>{t("import.file.or")}</p>
              <div className={styles.acts}>
                <Button variant="primary" hotkey="o" onPress={onChoose}>
                  {t("import.file.choose")}
                </Button>
                <Button icon={FileDown} isDisabled={saving} onPress={() => void saveTemplate()}>
                  {t("import.file.template")}
                </Button>
              </div>
            </>
          )}
        </div>
        {error !== null && !isCancelled(error) && (
          <div>
            <ErrorLine error={error} />
            {problem.code === "unreadable_file" && problem.detail !== "" && (
              <p className={`${text.quietLong} ${styles.quiet}`}>
                {t("import.file.detail", { detail: problem.detail })}
              </p>
            )}
          </div>
        )}
        {opened && !work && (
          <div className={styles.open}>
            <span>{t(done ? "import.commit.announce" : "import.file.open", { file: opened.file })}</span>
            <Button size="small" onPress={onGoOn}>
              {t(done ? "import.file.result" : "import.file.goOn")}
            </Button>
          </div>
        )}
        <section aria-labelledby="import-formats">
          <h3 id="import-formats" className={styles.heading}>
            {t("import.file.formats")}
          </h3>
          <dl className={styles.formats}>
            {FORMATS.filter(([format]) => kind === "contact" || format !== "vcard").map(([format, Icon]) => (
              <div key={format} className={styles.format}>
                <Icon size={16} strokeWidth={1.75} aria-hidden />
                <dt>{t(`import.file.${format}`)}</dt>
                <dd>{t(`import.file.${format}Note`)}</dd>
              </div>
            ))}
          </dl>
          <p className={`${text.quietLong} ${styles.quiet}`}>
            {t(kind === "contact" ? "import.file.presets" : "import.file.ownHeaders")}
          </p>
          <p className={`${text.quietLong} ${styles.quiet}`}>{t("import.file.nothingYet")}</p>
        </section>
      </div>
    </div>
  );
}
