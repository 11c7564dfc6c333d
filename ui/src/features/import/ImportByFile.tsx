import { useNavigate, useRouter } from "@tanstack/react-router";
import { FileUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { followFileDrags, followGivenFiles, type NamedFile } from "~/ipc";
import { toast } from "~/kit/components/Toast.tsx";
import { useAppState, useMay } from "~/session/session.ts";
import styles from "./Import.module.css";
import { openFile, useWizard } from "./wizard.ts";

/** The file the app was opened with; it is taken up once, however often the window draws itself anew. */
let taken: NamedFile | null = null;

/** Starts an import with a file dropped onto the window, or one the app was opened with, now or while it runs. */
export function ImportByFile() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const router = useRouter();
  const { kind } = useWizard();
  const may = useMay();
  const { open_file } = useAppState();
  const [over, setOver] = useState(false);
  const mayImport = may("import_contacts");

  const start = useRef((_file: NamedFile) => {});
  start.current = (file) => {
    // The kind chosen on the page of the import is meant for files dropped there; anywhere else a file is of contacts.
    const as = router.state.location.pathname === "/import" ? kind : "contact";
    void navigate({ to: "/import", search: {} });
    void openFile(file, as).then((done) => {
      if (done) void navigate({ to: "/import", search: { step: "columns" } });
    });
  };

  useEffect(() => {
    if (!mayImport || open_file === null || open_file === taken) return;
    taken = open_file;
    start.current(open_file);
  }, [mayImport, open_file]);

  const told = useRef("");
  told.current = t("import.several");
  useEffect(() => {
    if (!mayImport) return;
    let left = false;
    const following = followFileDrags((drag) => {
      if (left) return;
      setOver(drag.kind === "over");
      if (drag.kind !== "dropped") return;
      if (drag.several) toast(told.current);
      start.current(drag.file);
    });
    const given = followGivenFiles((file) => {
      if (!left) start.current(file);
    });
    return () => {
      left = true;
      void following.then((stop) => stop());
      void given.then((stop) => stop());
    };
  }, [mayImport]);

  return over ? (
    <div className={styles.overlay} role="status">
      <div className={styles.overlayCard}>
        <FileUp size={32} strokeWidth={1.5} aria-hidden />
        <p className={styles.overlayTitle}>{t("import.overlay.title")}</p>
        <p>{t("import.overlay.note")}</p>
      </div>
    </div>
  ) : null;
}
