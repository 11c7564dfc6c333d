import { useNavigate } from "@tanstack/react-router";
import { FileInput, FlaskConical, Sprout } from "lucide-react";
import { useTranslation } from "react-i18next";
import { call, commands, progressChannel } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Menu, MenuItem } from "~/kit/components/Menu.tsx";
import { EmptyState } from "~/kit/components/States.tsx";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Home.module.css";
import { SAMPLE_SIZES } from "./samples.ts";

/** Nothing here yet: bring contacts in, or look around with made-up ones. */
export function EmptyDesk() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay()("import_contacts");
  return (
    <EmptyState
      icon={Sprout}
      action={
        may && (
          <div className={styles.acts}>
            <BringIn />
            <Button variant="quiet" onPress={() => void navigate({ to: "/contacts", search: {} })}>
              {t("start.home.addContact")}
            </Button>
          </div>
        )
      }
    >
      {t(may ? "start.home.empty" : "start.home.emptyFor")}
    </EmptyState>
  );
}

/** The two ways to have people here: an import, or sample data. */
export function BringIn({ size = "normal" }: { size?: "small" | "normal" }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const addSample = async (contacts: number) => {
    try {
      const done = await runTask(
        t("start.home.sampleRunning"),
        (onProgress) => call(commands.sampleCreate(contacts, progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      announce(done.operation, t("start.home.sampleAdded", { count: done.contacts }));
    } catch (error) {
      toastError(error);
    }
  };
  const small = size === "small" ? ({ size: "small" } as const) : {};
  return (
    <>
      <Button
        variant={size === "small" ? "secondary" : "primary"}
        icon={FileInput}
        {...small}
        onPress={() => void navigate({ to: "/import", search: {} })}
      >
        {t("start.home.import")}
      </Button>
      <Menu
        label={t("start.home.sample")}
        placement="bottom"
        trigger={
          <Button icon={FlaskConical} {...small}>
            {t("start.home.sample")}
          </Button>
        }
      >
        {SAMPLE_SIZES.map((contacts) => (
          <MenuItem key={contacts} onAction={() => void addSample(contacts)}>
            {t("start.home.sampleSize", { count: contacts })}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
