import type { AuditInput, AuditWritten, LastCheck, Report } from "../bindings.ts";

/** What the next check of the data finds, and what was done about it. Tests set it. */
export const checks = {
  found: [] as Report["findings"],
  more: 0,
  accepted: 0,
  exported: [] as AuditInput[],
  last: null as LastCheck | null,
};

const HEAD = "1204-9f86-d081-884c-7d65-9a2f-eaa0-c55a-d015";

/** Commands about whether the data is whole. */
export const integrityHandlers = {
  last_check: () => checks.last,
  check_all: (): Report => {
    const { found, more } = checks;
    const checked = { at: Date.now(), operations: 1204, records: 2500, head: HEAD };
    checks.last = { ...checked, findings: found.length + more };
    return { ...checked, changes: 5000, whole: found.length === 0, findings: found, more };
  },
  audit_choose: ({ name }: { name: string }) => ({ token: `file of ${name}`, name: `${name}.jsonl` }),
  audit_export: ({ input }: { input: AuditInput }): AuditWritten => {
    checks.exported.push(input);
    return { path: "/home/dana/audit.jsonl", operations: 1204, head: HEAD };
  },
  accept_journal: () => {
    checks.accepted++;
    return null;
  },
};
