import { Building2 } from "lucide-react";
import { lazy } from "react";
import { RecordList } from "~/records/list/RecordList.tsx";
import { EMPLOYER_BULK } from "./bulk.ts";

const NewEmployer = lazy(() => import("./NewEmployer.tsx"));

const SHOWN = ["name", "industry", "city", "primary_contact", "website", "phone", "labels"];
const WIDTHS = { name: 260, website: 230, primary_contact: 180, phone: 160 };

/** All employers. */
export function Employers() {
  return (
    <RecordList
      kind="employer"
      words="employers"
      shown={SHOWN}
      widths={WIDTHS}
      icon={Building2}
      bulk={EMPLOYER_BULK}
      form={(close) => <NewEmployer onClose={close} />}
    />
  );
}
