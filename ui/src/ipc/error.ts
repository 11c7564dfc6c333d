import type { CommandError } from "./bindings.ts";

/** What a command refused, thrown so that TanStack Query and forms see it. `detail` is the closed error of the contract. */
export class LiaisonError extends Error {
  readonly detail: CommandError;

  constructor(detail: CommandError) {
    super(detail.code);
    this.name = "LiaisonError";
    this.detail = detail;
  }
}

/** The closed error inside whatever was thrown; a fault outside the contract has no incident id. */
export function commandError(thrown: unknown): CommandError {
  return thrown instanceof LiaisonError ? thrown.detail : { code: "internal", incident: "" };
}
