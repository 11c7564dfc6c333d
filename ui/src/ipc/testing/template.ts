import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { SetupDone, SetupInput } from "../bindings.ts";
import { PASSCODE, Program } from "./program.ts";

/** A desk that is set up and closed: each test begins with a copy. */
export type Template = { directory: string; recoveryKey: string };

declare module "vitest" {
  // Only an interface can be added to.
  interface ProvidedContext {
    template: Template;
  }
}

const input: SetupInput = {
  institution: "Riverton University",
  first_name: "Morgan",
  last_name: "Ellery",
  email: "morgan.ellery@riverton.example",
  time_zone: null,
  passcode: PASSCODE,
  sample_contacts: null,
};

/** Sets the desk up, once for all tests: deriving its keys takes a second. */
export default async function setup(project: TestProject) {
  const directory = mkdtempSync(join(tmpdir(), "liaison-template-"));
  const program = new Program(directory, { event: () => {}, channel: () => {} });
  const { recovery_key } = (await program.call("setup_create", { input })) as SetupDone;
  await program.close();
  project.provide("template", { directory, recoveryKey: recovery_key });
  return () => rmSync(directory, { recursive: true, force: true });
}
