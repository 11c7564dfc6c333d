import { Lock, MailX } from "lucide-react";
import type { ReactNode } from "react";
import type { Cell, FieldSchema, RecordKind } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import {
  AccessChipView,
  ApprovalChip,
  Chip,
  ClaimedChip,
  InactiveChip,
  VisibilityChip,
} from "~/kit/components/Chips.tsx";
import { When } from "~/kit/components/When.tsx";
import type { GridColumn } from "~/kit/grid/columns.ts";
import { i18next } from "~/kit/i18n/index.ts";
import { fieldLabel, groupLabel, shortChoiceLabel, valueText, webAddress } from "~/kit/i18n/words.ts";
import mark from "~/kit/layout/Mark.module.css";
import textStyle from "~/kit/layout/Text.module.css";
import { byGroup } from "../fields/groups.ts";
import { LabelChip } from "../fields/LabelChip.tsx";
import type { ListRow } from "../query/useResultSet.ts";
import styles from "./List.module.css";

const WIDTHS: { [field: string]: number } = {
  approval: 112,
  visibility: 146,
  access: 204,
  title: 200,
  employer: 180,
  email: 230,
  source: 190,
  created_at: 120,
  starts_at: 180,
  ends_at: 180,
  remind_at: 180,
  location: 190,
  description: 260,
  labels: 160,
};

/** Kinds whose records are somebody. */
const FACES: RecordKind[] = ["contact", "employer", "employer_user", "student", "staff"];

/** How a cell shows a field: the three facts as chips, everything else as quiet text. */
function renderCell(kind: RecordKind, field: FieldSchema, row: ListRow) {
  const cell: Cell | undefined = row.cells[field.key];
  const value = cell?.value ?? null;
  if (kind === "employer_user" && field.key === "access")
    return <AccessChipView access={{ state: value === true ? "on" : "off", role: "" }} short />;
  if (value === null || value === "") return null;
  if (field.key === "approval") return <ApprovalChip approval={String(value)} />;
  if (field.key === "visibility") {
    const isRejected = row.cells.approval?.value === "rejected";
    return (
      <VisibilityChip
        visibility={String(value)}
        noEffect={isRejected ? i18next.t("common.chips.rejectedNoEffect") : undefined}
      />
    );
  }
  if (field.key === "employer" && row.inactive) return <Inactive former={row.inactive.former_employer} />;
  if (field.key === "access") {
    return (
      <AccessChipView
        access={value === "on" || value === "off" ? { state: value, role: cell?.text ?? "" } : { state: "none" }}
      />
    );
  }
  if (Array.isArray(value))
    return value.map((word) =>
      field.key === "labels" ? <LabelChip key={word} word={word} /> : <Chip key={word}>{word}</Chip>,
    );
  // Of what is planned one wants to know when it is, not how long until then.
  const isPlanned = field.group === "schedule";
  if (field.field_type.type === "moment" && !isPlanned) return <When at={Number(value)} />;
  const text =
    field.field_type.type === "choice"
      ? shortChoiceLabel(field.key, String(value))
      : field.field_type.type === "url"
        ? webAddress(String(value))
        : valueText(field, value, cell?.text ?? null);
  if (text === null) return null;
  const shown = (
    <span className={textStyle.clip} title={text}>
      {text}
    </span>
  );
  if (field.key === "email" && row.no_email) {
    const why = i18next.t(row.no_email === "bounced" ? "profile.bounced" : "profile.doNotEmail");
    return (
      <>
        <MailX size={14} strokeWidth={1.75} className={styles.noEmail} role="img" aria-label={why}>
          <title>{why}</title>
        </MailX>
        {shown}
      </>
    );
  }
  return row.claimed?.includes(String(value)) ? (
    <span className={styles.marked}>
      {shown}
      <ClaimedChip />
    </span>
  ) : (
    shown
  );
}

/** In place of an employer that is none: that the person is inactive, and where they were. */
function Inactive({ former }: { former: string | null }) {
  const words = former && i18next.t("profile.former.employer", { employer: former });
  return (
    <span className={styles.inactive}>
      <InactiveChip />
      {words && (
        <span className={textStyle.clip} title={words}>
          {words}
        </span>
      )}
    </span>
  );
}

/** A column for every field of the registry that can be listed, led by the name. */
export function listColumns(
  kind: RecordKind,
  fields: FieldSchema[],
  widths: { [field: string]: number } = {},
  cells: { [field: string]: (row: ListRow) => ReactNode } = {},
): GridColumn<ListRow>[] {
  const name: GridColumn<ListRow> = {
    key: "name",
    label: fieldLabel(kind, "name"),
    width: widths.name ?? 240,
    sortable: true,
    pinned: true,
    render: (row) =>
      // Whoever's profile is private has no name here (M49).
      kind === "employer_user" && row.name === "" ? (
        <>
          <span className={mark.round}>
            <Lock size={14} strokeWidth={1.75} aria-hidden />
          </span>
          <span className={styles.nameless}>{i18next.t("employerUsers.private.name")}</span>
        </>
      ) : (
        <>
          {FACES.includes(kind) && <Avatar name={row.name} />}
          <span className={`${textStyle.clip} ${styles.name}`} title={row.name}>
            {row.name}
          </span>
          {kind === "employer" && row.claimed?.includes(row.id) && <ClaimedChip />}
        </>
      ),
  };
  const listed = fields.filter((field) => field.key !== "name" && field.key !== "deleted_at");
  const rest = byGroup(listed)
    .flatMap(([, members]) => members)
    .map<GridColumn<ListRow>>((field) => ({
      key: field.key,
      label: fieldLabel(kind, field.key, fields),
      width: widths[field.key] ?? WIDTHS[field.key] ?? 150,
      sortable: field.sortable,
      filterable: field.filterable,
      section: groupLabel(field.group),
      render: cells[field.key] ?? ((row) => renderCell(kind, field, row)),
    }));
  return [name, ...rest];
}
