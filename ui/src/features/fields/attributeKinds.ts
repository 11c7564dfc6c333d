import type { RecordKind } from "~/ipc";

/** The kinds of records that can have attributes, as Rust names them. */
export const ATTRIBUTE_KINDS = ["contact", "employer", "employer_user"] as const satisfies RecordKind[];
