import { Building2 } from "lucide-react";
import { lazy, type ReactNode } from "react";
import text from "~/kit/layout/Text.module.css";
import { RecordList } from "~/records/list/RecordList.tsx";
import type { ListRow } from "~/records/query/useResultSet.ts";
import { EMPLOYER_BULK } from "./bulk.ts";

const NewEmployer = lazy(() => import("./NewEmployer.tsx"));

const SHOWN = ["name", "industry", "contacts", "users", "last_contact", "city", "primary_contact", "website", "phone"];
const WIDTHS = {
  name: 240,
  contacts: 96,
  users: 132,
  last_contact: 120,
  website: 180,
  primary_contact: 180,
  phone: 160,
};

/** A web address as people say it: the scheme and "www." tell nothing. */
const shortAddress = (address: string) =>
  address
    .replace(/^https?:\/\//i, "")
    .replace(/^www\./i, "")
    .replace(/\/$/, "");

const CELLS: { [field: string]: (row: ListRow) => ReactNode } = {
  website: ({ cells }) => {
    const address = cells.website?.value;
    return typeof address === "string" && address !== "" ? (
      <span className={text.clip} title={address}>
        {shortAddress(address)}
      </span>
    ) : null;
  },
};

/** All employers. */
export function Employers() {
  return (
    <RecordList
      kind="employer"
      words="employers"
      shown={SHOWN}
      widths={WIDTHS}
      render={CELLS}
      icon={Building2}
      bulk={EMPLOYER_BULK}
      form={(close) => <NewEmployer onClose={close} />}
    />
  );
}
