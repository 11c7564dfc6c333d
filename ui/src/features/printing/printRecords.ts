import { call, commands, type PrintInput } from "~/ipc";
import { toastError } from "~/kit/components/Toast.tsx";

/** Prints the records in sight, once the journal says so. */
export function printRecords(what: PrintInput) {
  call(commands.recordPrint(what)).then(() => window.print(), toastError);
}
