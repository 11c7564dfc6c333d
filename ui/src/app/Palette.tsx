import { keepPreviousData, useQuery } from "@tanstack/react-query";
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
import { CHOICES, type Condition, call, commands, type RecordKind } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { ApprovalChip } from "~/kit/components/Chips.tsx";
import { useActiveHotkeys } from "~/kit/components/hotkeys.tsx";
import { Keys } from "~/kit/components/Keys.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import rowStyle from "~/kit/layout/Row.module.css";
import textStyle from "~/kit/layout/Text.module.css";
import { cacheTag } from "~/records/kinds.ts";
import { useOpenRecord } from "~/records/pages.tsx";
import styles from "./Shell.module.css";

type Section = { kind: RecordKind; most: number; columns: string[]; filter: Condition[] };

/** Somebody who is looked up by name may be pending or rejected: everybody is found, and the chip says so (M8). */
const EVERYBODY: Condition = { field: "approval", op: "is", values: [...CHOICES.contact.approval] };

/** Kinds whose records have a page. */
const SECTIONS: readonly Section[] = [
  { kind: "contact", most: 6, columns: ["title", "employer", "approval"], filter: [EVERYBODY] },
  { kind: "employer", most: 3, columns: ["city"], filter: [] },
  { kind: "student", most: 3, columns: ["email"], filter: [] },
];

async function find({ kind, most, columns, filter }: Section, search: string) {
  const opened = await call(commands.listOpen({ kind, search, filter, sort: [] }));
  try {
    const { rows } = await call(commands.listWindow(opened.result, 0, most, columns));
    return { kind, rows };
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
  const openRecord = useOpenRecord();
  const { contains } = useFilter({ sensitivity: "base" });
  const [text, setText] = useState("");
  const acts = useActiveHotkeys().filter(
    (entry) => entry.run && entry.enabled && entry.layer === 0 && entry.keys !== "Ctrl+K",
  );
  const unique = acts.filter((entry, n) => acts.findIndex((other) => other.label === entry.label) === n);
  const records = useQuery({
    queryKey: ["contacts", "palette", text],
    queryFn: () => Promise.all(SECTIONS.map((section) => find(section, text))),
    meta: { tags: SECTIONS.map(({ kind }) => cacheTag(kind)) },
    enabled: text.trim() !== "",
    placeholderData: keepPreviousData,
  });
  const found = text.trim() === "" ? [] : (records.data ?? []).filter(({ rows }) => rows.length > 0);
  const headings: Partial<Record<RecordKind, string>> = {
    contact: t("contacts.title"),
    employer: t("employers.title"),
    student: t("students.title"),
  };
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
            {found.map(({ kind, rows }) => (
              <MenuSection key={kind}>
                <Header className={styles.paletteHeading ?? ""}>{headings[kind]}</Header>
                <Collection items={rows}>
                  {(row) => (
                    <MenuItem
                      id={`${kind} ${row.id}`}
                      textValue={row.name}
                      className={`${rowStyle.item} ${styles.paletteItem}`}
                      onAction={() => openRecord(kind, row.id)}
                    >
                      <Avatar name={row.name} />
                      <span className={textStyle.clip}>{row.name}</span>
                      <span className={`${textStyle.clipRest} ${styles.paletteNote}`}>
                        {row.cells
                          .slice(0, 2)
                          .map((cell) => cell.text ?? cell.value)
                          .filter(Boolean)
                          .join(" · ")}
                      </span>
                      {kind === "contact" && row.cells[2]?.value !== "approved" && (
                        <ApprovalChip approval={String(row.cells[2]?.value)} />
                      )}
                      <CornerDownLeft size={14} aria-hidden />
                    </MenuItem>
                  )}
                </Collection>
              </MenuSection>
            ))}
            {matching.length > 0 && (
              <MenuSection>
                <Header className={styles.paletteHeading ?? ""}>{t("shell.palette.acts")}</Header>
                <Collection items={matching.map((entry) => ({ id: `act ${entry.label}`, entry }))}>
                  {({ entry }) => (
                    <MenuItem
                      textValue={entry.label}
                      className={`${rowStyle.item} ${styles.paletteItem}`}
                      onAction={() => window.setTimeout(() => entry.run?.(), 0)}
                    >
                      <span className={textStyle.clip}>{entry.label}</span>
                      <span className={`${textStyle.clipRest} ${styles.paletteNote}`}>{entry.group}</span>
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
