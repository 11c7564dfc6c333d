import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CornerDownLeft, Search } from "lucide-react";
import { useState } from "react";
import {
  Autocomplete,
  Collection,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  TextField,
  useFilter,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Avatar } from "~/components/Avatar.tsx";
import { useActiveHotkeys } from "~/components/hotkeys.tsx";
import { Keys } from "~/components/Keys.tsx";
import { Scrollable } from "~/components/Scrollable.tsx";
import { call, commands } from "~/ipc";
import styles from "./Shell.module.css";

const PEOPLE = 6;

async function findPeople(search: string) {
  const opened = await call(commands.listOpen({ kind: "contact", search, filter: [], sort: [] }));
  try {
    const { rows } = await call(commands.listWindow(opened.result, 0, PEOPLE, ["title", "employer"]));
    return rows;
  } finally {
    await call(commands.listClose(opened.result));
  }
}

/** Finds people and everything that can be done here, by typing. */
export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <ModalOverlay
      className={styles.paletteOverlay ?? ""}
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className={styles.paletteModal ?? ""}>
        <PaletteBody onClose={onClose} />
      </Modal>
    </ModalOverlay>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { contains } = useFilter({ sensitivity: "base" });
  const [text, setText] = useState("");
  const acts = useActiveHotkeys().filter(
    (entry) => entry.run && entry.enabled && entry.layer === 0 && entry.keys !== "Ctrl+K",
  );
  const unique = acts.filter((entry, n) => acts.findIndex((other) => other.label === entry.label) === n);
  const people = useQuery({
    queryKey: ["contacts", "palette", text],
    queryFn: () => findPeople(text),
    enabled: text.trim() !== "",
    placeholderData: keepPreviousData,
  });
  const found = text.trim() === "" ? [] : (people.data ?? []);
  const matching = unique.filter(
    (entry) => contains(entry.label, text) || contains(`${entry.group} ${entry.label}`, text),
  );

  return (
    <Dialog className={styles.palette ?? ""} aria-label={t("shell.search")}>
      <Autocomplete inputValue={text} onInputChange={setText}>
        <TextField className={styles.paletteField ?? ""} aria-label={t("shell.search")} autoFocus>
          <Search size={16} aria-hidden />
          <Input className={styles.paletteInput ?? ""} placeholder={t("shell.palette.placeholder")} />
        </TextField>
        <Scrollable className={styles.paletteList} label={t("shell.palette.results")}>
          <Menu
            className={styles.paletteMenu ?? ""}
            aria-label={t("shell.palette.results")}
            onClose={onClose}
            renderEmptyState={() => <div className={styles.paletteEmpty}>{t("shell.palette.nothing")}</div>}
          >
            {found.length > 0 && (
              <MenuSection>
                <Header className={styles.paletteHeading ?? ""}>{t("shell.palette.people")}</Header>
                <Collection items={found}>
                  {(row) => (
                    <MenuItem
                      id={`person ${row.id}`}
                      textValue={row.name}
                      className={styles.paletteItem ?? ""}
                      onAction={() => void navigate({ to: "/contacts/$id", params: { id: row.id }, search: {} })}
                    >
                      <Avatar name={row.name} />
                      <span className={styles.paletteName}>{row.name}</span>
                      <span className={styles.paletteNote}>
                        {[row.cells[0]?.value, row.cells[1]?.text].filter(Boolean).join(" · ")}
                      </span>
                      <CornerDownLeft size={14} aria-hidden />
                    </MenuItem>
                  )}
                </Collection>
              </MenuSection>
            )}
            {matching.length > 0 && (
              <MenuSection>
                <Header className={styles.paletteHeading ?? ""}>{t("shell.palette.acts")}</Header>
                <Collection items={matching.map((entry) => ({ id: `act ${entry.label}`, entry }))}>
                  {({ entry }) => (
                    <MenuItem
                      textValue={entry.label}
                      className={styles.paletteItem ?? ""}
                      onAction={() => window.setTimeout(() => entry.run?.(), 0)}
                    >
                      <span className={styles.paletteName}>{entry.label}</span>
                      <span className={styles.paletteNote}>{entry.group}</span>
                      <Keys keys={entry.keys} />
                    </MenuItem>
                  )}
                </Collection>
              </MenuSection>
            )}
          </Menu>
        </Scrollable>
      </Autocomplete>
    </Dialog>
  );
}
