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
import type { CacheTag } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { ApprovalChip, InactiveChip } from "~/kit/components/Chips.tsx";
import { type HotkeyEntry, useActiveHotkeys } from "~/kit/components/hotkeys.tsx";
import { Keys } from "~/kit/components/Keys.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import rowStyle from "~/kit/layout/Row.module.css";
import textStyle from "~/kit/layout/Text.module.css";
import { useOpenRecord } from "~/records/pages.tsx";
import { findAll, type Hit, MATCH } from "./paletteSearch.ts";
import { useRecentRecords } from "./recent.ts";
import styles from "./Shell.module.css";

/** What may change what is found. */
const PALETTE_TAGS: CacheTag[] = [
  "search",
  "employers",
  "students",
  "employer_users",
  "activities",
  "institution",
  "groups",
  "roles",
];

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

const ANYWHERE = "shell.keys.anywhere";

function PaletteBody({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const open = useOpenHit();
  const { contains } = useFilter({ sensitivity: "base" });
  const [text, setText] = useState("");
  const recent = useRecentRecords();
  const isEmpty = text.trim() === "";
  const acts = useActiveHotkeys().filter(
    (entry) => entry.run && entry.enabled && entry.layer === 0 && entry.keys !== "Ctrl+K",
  );
  const unique = acts.filter((entry, n) => acts.findIndex((other) => other.label === entry.label) === n);
  const matching = unique.filter((entry) => contains(entry.label, text));
  const here = matching.filter((entry) => entry.group !== t(ANYWHERE));
  const anywhere = matching.filter((entry) => entry.group === t(ANYWHERE));
  const records = useQuery({
    queryKey: ["contacts", "palette", text],
    queryFn: ({ signal }) => findAll(text, signal),
    meta: { tags: PALETTE_TAGS },
    enabled: !isEmpty,
    placeholderData: keepPreviousData,
  });
  const found = isEmpty ? [] : (records.data ?? []);
  // Whoever types a name means the record; whoever types a word of an action may mean either.
  const named = found.filter(({ best }) => best <= MATCH.start);
  const others = found.filter(({ best }) => best > MATCH.start);

  const section = (id: string, heading: string, entries: HotkeyEntry[]) =>
    entries.length > 0 && (
      <MenuSection key={id}>
        <Header className={styles.paletteHeading ?? ""}>{heading}</Header>
        <Collection items={entries.map((entry) => ({ id: `act ${entry.label}`, entry }))}>
          {({ entry }) => (
            <MenuItem
              textValue={entry.label}
              className={`${rowStyle.item} ${styles.paletteItem}`}
              onAction={() => window.setTimeout(() => entry.run?.(), 0)}
            >
              <span className={textStyle.clipRest}>{entry.label}</span>
              <Keys keys={entry.keys} />
            </MenuItem>
          )}
        </Collection>
      </MenuSection>
    );
  const hits = (id: string, heading: string, rows: Hit[]) => (
    <MenuSection key={id}>
      <Header className={styles.paletteHeading ?? ""}>{heading}</Header>
      <Collection items={rows}>
        {(hit) => (
          <MenuItem
            id={`${hit.kind} ${hit.id}`}
            textValue={hit.name}
            className={`${rowStyle.item} ${styles.paletteItem}`}
            onAction={() => open(hit)}
          >
            <Avatar name={hit.name} />
            <span className={textStyle.clip}>{hit.name}</span>
            <span className={`${textStyle.clipRest} ${styles.paletteNote}`}>{hit.note}</span>
            {hit.isInactive && <InactiveChip />}
            {hit.approval && <ApprovalChip approval={hit.approval} />}
            <CornerDownLeft size={14} aria-hidden />
          </MenuItem>
        )}
      </Collection>
    </MenuSection>
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
            {named.map(({ kind, hits: rows }) => hits(kind, t(`trash.kind.${kind}`), rows))}
            {section("here", t("shell.palette.acts"), here)}
            {isEmpty &&
              recent.length > 0 &&
              hits(
                "recent",
                t("shell.palette.recent"),
                recent.map((each) => ({ ...each, note: t(`fields.kind.${each.kind}`) })),
              )}
            {others.map(({ kind, hits: rows }) => hits(kind, t(`trash.kind.${kind}`), rows))}
            {section("anywhere", t("shell.palette.everywhere"), anywhere)}
          </Menu>
        </Scrollable>
      </Autocomplete>
    </Dialog>
  );
}

/** Goes to what was found: its page, or the list it is in. */
function useOpenHit(): (hit: Hit) => void {
  const openRecord = useOpenRecord();
  const navigate = useNavigate();
  return ({ kind, id, name }) => {
    switch (kind) {
      case "staff":
        return void navigate({ to: "/settings/staff" });
      case "role":
        return void navigate({ to: "/settings/roles" });
      case "user_group":
        return void navigate({
          to: "/students",
          search: { filter: [{ field: "user_group", op: "is", values: [id] }] },
        });
      case "event":
        return void navigate({ to: "/events", search: { q: name } });
      case "job_listing":
        return void navigate({ to: "/listings", search: { q: name } });
      case "meeting":
        return void navigate({ to: "/meetings", search: { q: name } });
      case "task":
        return void navigate({ to: "/tasks", search: { q: name } });
      default:
        return openRecord(kind, id);
    }
  };
}
